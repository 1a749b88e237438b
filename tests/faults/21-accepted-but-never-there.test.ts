import { expect, it } from 'vitest';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { connectTimeoutMs } from '@/lib/calls/model/call';
import { loadCall } from '@/lib/calls/reads/load-call';
import { callIdSchema } from '@/lib/ids';
import { faultCase } from '../support/fault-case';
import { identityOf, roomOf, tabOf, twoPeople } from '../support/in-process-call';

const fault = faultCase(21);

it('a callee who accepts and never reaches LiveKit is removed after 15 s, the other’s stream wakes, and the call ends', async () => {
  const { app, alice, bob, direct } = await twoPeople();
  const { call } = await startCall(app.deps, alice, {
    target: { conversationId: direct },
    requestId: null,
    clientId: tabOf(alice),
    switchFrom: null,
  });
  const callId = callIdSchema.parse(call.id);
  app.media.connect(await roomOf(app, callId), identityOf(alice));
  fault.did('Bob accepts, and his browser never comes to LiveKit');
  await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom: null });
  await reconcileCalls(app.deps);

  app.clock.advance(connectTimeoutMs - 1);
  expect(await expireRings(app.deps)).toBe(app.clock.now() + 1);
  expect((await loadCall(app.deps.db, callId))?.status).toBe('active');

  const wakesBefore = app.wakes.length;
  app.clock.advance(1);
  await expireRings(app.deps);
  fault.within('given up after accepting', 15_000, connectTimeoutMs);
  const ended = await loadCall(app.deps.db, callId);
  expect(ended).toMatchObject({ status: 'ended', endReason: 'completed', lengthMs: 0 });
  const wakes = app.wakes.slice(wakesBefore).filter(({ what }) => what.calls?.includes(callId));
  expect(wakes.some(({ who }) => who !== 'everyone' && who.includes(alice.userId))).toBe(true);
});
