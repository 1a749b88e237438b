import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { members, participations } from '@/db/schema';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { enterCall, withMedia } from '@/lib/calls/commands/enter-call';
import { leaveByRequest, leaveCall } from '@/lib/calls/commands/leave-call';
import { moveCall } from '@/lib/calls/commands/move-call';
import { ringAgain } from '@/lib/calls/commands/ring-again';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { connectTimeoutMs } from '@/lib/calls/model/call';
import { findCallOf, loadCall } from '@/lib/calls/reads/load-call';
import { requireView } from '@/lib/calls/reads/read-calls';
import { type CallId, type ConversationId, callIdSchema } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { identityOf, startAgain, tabOf, twoPeople, twoTalking } from '../support/in-process-call';
import type { TestApp } from '../support/make-test-deps';

async function start(
  app: TestApp,
  by: Viewer,
  conversationId: ConversationId,
  requestId: string | null = null,
) {
  const { call } = await startCall(app.deps, by, {
    target: { conversationId },
    requestId,
    clientId: tabOf(by),
    switchFrom: null,
  });
  return callIdSchema.parse(call.id);
}

async function callWithCarol({ app, bob }: { app: TestApp; bob: Viewer }) {
  const carol = await app.makeUser('Carol');
  const direct = await app.makeConversation('direct', [bob, carol]);
  return { carol, callId: await start(app, carol, direct) };
}

it('switching to a call that has ended meanwhile leaves one where one was', async () => {
  const world = await twoTalking();
  const { app, bob, callId } = world;
  const other = await callWithCarol(world);
  await leaveCall(app.deps, other.carol, { callId: other.callId, clientId: tabOf(other.carol) });
  const switched = enterCall(app.deps, bob, {
    callId: other.callId,
    clientId: tabOf(bob),
    switchFrom: callId,
  });
  await expect(switched).rejects.toMatchObject({ code: 'call_ended' });
  expect(await findCallOf(app.deps.db, bob.userId)).toBe(callId);
  expect((await loadCall(app.deps.db, callId))?.status).toBe('active');
});

it('switching to a call that lives ends the part in the old one, and only with its name', async () => {
  const world = await twoTalking();
  const { app, bob, callId } = world;
  const other = await callWithCarol(world);
  const enter = (switchFrom: CallId | null) =>
    enterCall(app.deps, bob, { callId: other.callId, clientId: tabOf(bob), switchFrom });
  await expect(enter(null)).rejects.toMatchObject({ code: 'already_in_call', extra: { callId } });
  await enter(callId);
  expect(await findCallOf(app.deps.db, bob.userId)).toBe(other.callId);
  expect((await loadCall(app.deps.db, callId))?.status).toBe('ended');
});

it('a start that comes after its own leave creates nothing', async () => {
  const { app, alice, direct } = await twoPeople();
  const requestId = 'request-left-before';
  await leaveByRequest(app.deps, alice, { requestId, clientId: tabOf(alice) });
  await expect(start(app, alice, direct, requestId)).rejects.toMatchObject({ code: 'call_ended' });
  expect(await findCallOf(app.deps.db, alice.userId)).toBeNull();
  expect(await app.media.listRooms('parley_')).toEqual([]);
});

it.each(['request', 'call'])(
  'a late repeat of a start does not bring back who has left its group call (by the %s’s id)',
  async (by) => {
    const { app, alice, bob } = await twoPeople();
    const carol = await app.makeUser('Carol');
    const group = await app.makeConversation('group', [alice, bob, carol]);
    const requestId = 'request-repeated-late';
    const callId = await start(app, alice, group, requestId);
    for (const who of [bob, carol])
      await enterCall(app.deps, who, { callId, clientId: tabOf(who), switchFrom: null });
    expect(await start(app, alice, group, requestId), 'a repeat in time').toBe(callId);
    const clientId = tabOf(alice);
    const left =
      by === 'call'
        ? await leaveCall(app.deps, alice, { callId, clientId })
        : await leaveByRequest(app.deps, alice, { requestId, clientId });
    expect(left).toMatchObject({ id: callId, status: 'active' });
    await expect(start(app, alice, group, requestId)).rejects.toMatchObject({ code: 'call_ended' });
    expect(await findCallOf(app.deps.db, alice.userId)).toBeNull();
    expect(await start(app, alice, group, 'another-press'), 'pressing again joins').toBe(callId);
  },
);

it('the reconciler removes from the room who holds no part in the call', async () => {
  const { app, room, bob, callId } = await twoTalking();
  const stranger = await app.makeUser('Stranger');
  app.media.connect(room, identityOf(stranger));
  app.media.connect(room, identityOf(bob, 2));
  await reconcileCalls(app.deps);
  const there = (await app.media.listParticipants(room)).map(({ identity }) => identity);
  expect(there).toHaveLength(2);
  expect(there).not.toContainEqual(identityOf(stranger));
  expect(there).not.toContainEqual(identityOf(bob, 2));
  expect((await loadCall(app.deps.db, callId))?.status).toBe('active');
});

it('a start ends the part of a former member whose removal a crash of an older version cut in two', async () => {
  const { app, bob, callId } = await twoTalking();
  await app.deps.transaction(async (tx) => {
    await tx.delete(members).where(eq(members.userId, bob.userId));
  });
  await startAgain(app);
  const parts = await app.deps.db.select().from(participations).where(eq(participations.userId, bob.userId));
  expect(parts.map((part) => part.state)).toEqual(['left']);
  expect((await loadCall(app.deps.db, callId))?.status).toBe('ended');
});

it('a callee who left between their accept’s commit and its response receives no token', async () => {
  const { app, bob, callId } = await twoTalking();
  const committed = await loadCall(app.deps.db, callId);
  if (!committed) throw new Error('no call');
  const tokens = () => app.media.calls.filter(({ method }) => method === 'token').length;
  const before = tokens();
  await leaveCall(app.deps, bob, { callId, clientId: tabOf(bob) });
  const answer = withMedia(app.deps, bob.userId, tabOf(bob), committed);
  await expect(answer).rejects.toMatchObject({ code: 'call_ended' });
  expect(tokens()).toBe(before);
});

it('ringing again lasts as long as a first ring', async () => {
  const { app, alice, bob } = await twoPeople({ CALL_RING_SECONDS: '60', CALL_REJOIN_SECONDS: '5' });
  const carol = await app.makeUser('Carol');
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const callId = await start(app, alice, group);
  await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom: null });
  await declineCall(app.deps, carol, { callId, ringId: null });
  app.clock.advance(3000);
  await ringAgain(app.deps, alice, { callId, userId: carol.userId });
  const ring = (await loadCall(app.deps.db, callId))?.rings.find((one) => one.state === 'ringing');
  expect(ring?.deadlineAt).toBe(app.clock.now() + 60_000);
});

it('a move whose new device never connects is no moment in which the other side sees the person connecting', async () => {
  const { app, alice, bob, callId } = await twoTalking();
  const bobAsSeen = async () => {
    const view = await requireView(app.deps, alice.userId, callId);
    return view.people.find(({ user }) => user.id === bob.userId)?.participation;
  };
  const steady = { state: 'joined', isConnecting: false };
  await moveCall(app.deps, bob, { callId, clientId: tabOf(bob, 2) });
  expect(await bobAsSeen()).toMatchObject(steady);
  app.clock.advance(connectTimeoutMs);
  await expireRings(app.deps);
  expect(await bobAsSeen(), 'given back to the device that talked on').toMatchObject(steady);
  await reconcileCalls(app.deps);
  expect(await bobAsSeen()).toMatchObject(steady);
  expect((await loadCall(app.deps.db, callId))?.participations).toContainEqual(
    expect.objectContaining({ userId: bob.userId, clientId: tabOf(bob), state: 'connected' }),
  );
});
