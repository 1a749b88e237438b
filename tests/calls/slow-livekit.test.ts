import { expect, it } from 'vitest';
import { expireRings } from '@/lib/calls/expire-rings';
import { loadCall } from '@/lib/calls/load-call';
import { startCall } from '@/lib/calls/start-call';
import { type CallId, callIdSchema } from '@/lib/ids';
import { tabOf, twoPeople } from '../support/in-process-call';
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
