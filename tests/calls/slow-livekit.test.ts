import { expect, it } from 'vitest';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { loadCall } from '@/lib/calls/reads/load-call';
import { type CallId, callIdSchema } from '@/lib/ids';
import { tabOf, twoPeople, twoTalking } from '../support/in-process-call';
import { waitFor } from '../support/wait-for';

it('deadlines that pass together are met together, however long LiveKit takes to answer', async () => {
  const { app } = await twoPeople();
  const callIds: CallId[] = [];
  for (const pair of [1, 2, 3]) {
    const [caller, callee] = [await app.makeUser(`Caller${pair}`), await app.makeUser(`Callee${pair}`)];
    const target = { conversationId: await app.makeConversation('direct', [caller, callee]) };
    const request = { target, requestId: null, clientId: tabOf(caller), switchFrom: null };
    callIds.push(callIdSchema.parse((await startCall(app.deps, caller, request)).call.id));
  }
  const { media } = app;
  const asked: ((answer: boolean) => void)[] = [];
  app.deps.media = { ...media, deleteRoom: () => new Promise((resolve) => asked.push(resolve)) };
  app.clock.advance(60_000);
  const tick = expireRings(app.deps);
  await waitFor('LiveKit asked for each of the three', () => asked.length === callIds.length, 5000);
  for (const callId of callIds) expect((await loadCall(app.deps.db, callId))?.status).toBe('ended');
  for (const answer of asked) answer(true);
  expect(await tick, 'nothing is left to wait for').toBeNull();
});

it.each(['accepts', 'starts'])(
  'who switches and %s another call is heard of at once, however long LiveKit takes to close the old one',
  async (how) => {
    const { app, bob, callId, room } = await twoTalking();
    const carol = await app.makeUser('Carol');
    const direct = await app.makeConversation('direct', [bob, carol]);
    const request = { target: { conversationId: direct }, requestId: null, clientId: tabOf(bob) };
    const next =
      how === 'accepts'
        ? await startCall(app.deps, carol, { ...request, clientId: tabOf(carol), switchFrom: null })
        : null;
    const { media } = app;
    const asked: (() => void)[] = [];
    app.deps.media = {
      ...media,
      deleteRoom: (name) => new Promise((resolve) => asked.push(() => resolve(media.deleteRoom(name)))),
    };
    const from = app.wakes.length;
    const switching = next
      ? enterCall(app.deps, bob, {
          callId: callIdSchema.parse(next.call.id),
          clientId: tabOf(bob),
          switchFrom: callId,
        })
      : startCall(app.deps, bob, { ...request, switchFrom: callId });
    await waitFor('LiveKit asked to close the old room', () => asked.length > 0, 5000);
    const heardOf = () =>
      app.wakes
        .slice(from)
        .flatMap(({ who, what }) => (who.includes(carol.userId) ? (what.calls ?? []) : []));
    await waitFor('the news of the other call', () => heardOf().length > 0, 5000);
    const heardMeanwhile = heardOf();
    for (const answer of asked) answer();
    expect(heardMeanwhile).toEqual([(await switching).call.id]);
    expect(await media.listRooms(room)).toEqual([]);
  },
);
