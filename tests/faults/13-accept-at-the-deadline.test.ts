import { expect, it } from 'vitest';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { loadCall } from '@/lib/calls/reads/load-call';
import { AppError } from '@/lib/errors';
import { type CallId, callIdSchema } from '@/lib/ids';
import { faultCase } from '../support/fault-case';
import { identityOf, roomOf, sendWebhook, tabOf, twoPeople } from '../support/in-process-call';

const fault = faultCase(13);
const ringMs = 15_000;

async function ringing() {
  const world = await twoPeople({ CALL_RING_SECONDS: String(ringMs / 1000) });
  const { call } = await startCall(world.app.deps, world.alice, {
    target: { conversationId: world.direct },
    requestId: null,
    clientId: tabOf(world.alice),
    switchFrom: null,
  });
  const callId = callIdSchema.parse(call.id);
  const accept = () =>
    enterCall(world.app.deps, world.bob, { callId, clientId: tabOf(world.bob), switchFrom: null }).then(
      () => 'accepted',
      (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
    );
  return { ...world, callId, accept };
}

async function howItEnded(world: { app: Awaited<ReturnType<typeof ringing>>['app'] }, callId: CallId) {
  const call = await loadCall(world.app.deps.db, callId);
  return { status: call?.status, ring: call?.rings[0]?.state, in: call?.participations.length };
}

it('an accept one millisecond before the deadline wins', async () => {
  const world = await ringing();
  world.app.clock.advance(ringMs - 1);
  await expireRings(world.app.deps);
  expect(await world.accept()).toBe('accepted');
  expect(await howItEnded(world, world.callId)).toEqual({ status: 'active', ring: 'accepted', in: 2 });
});

it('an accept after the deadline’s transaction finds an ended call', async () => {
  const world = await ringing();
  world.app.clock.advance(ringMs);
  await expireRings(world.app.deps);
  expect(await world.accept()).toBe('call_ended');
  expect(await howItEnded(world, world.callId)).toEqual({ status: 'ended', ring: 'unreachable', in: 1 });
});

it('at the deadline itself, in any order of the two, it is never both accepted and missed', async () => {
  fault.did('accept and deadline race at the same millisecond, 20 times each way');
  for (let n = 0; n < 20; n += 1) {
    const world = await ringing();
    // Alice has reached LiveKit, so that only the ring's end can end the call.
    world.app.media.connect(await roomOf(world.app, world.callId), identityOf(world.alice));
    for (const event of world.events.splice(0)) await sendWebhook(event);
    world.app.clock.advance(ringMs);
    const race =
      n % 2 === 0
        ? [world.accept(), expireRings(world.app.deps)]
        : [expireRings(world.app.deps), world.accept()];
    const results = await Promise.all(race);
    const accepted = results.includes('accepted');
    const found = await howItEnded(world, world.callId);
    expect(accepted ? found.ring : found.status).toBe(accepted ? 'accepted' : 'ended');
    if (!accepted) expect(found.ring).toBe('unreachable');
  }
});
