import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { loadCall } from '@/lib/calls/reads/load-call';
import { readHistory } from '@/lib/calls/reads/read-calls';
import { callIdSchema } from '@/lib/ids';
import { readUser } from '@/lib/users/read-users';
import { faultCase } from '../support/fault-case';
import { identityOf, roomOf, tabOf, twoPeople } from '../support/in-process-call';

const fault = faultCase(44);
const sink = { send: () => undefined, close: () => undefined };

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] }),
);
afterEach(() => void vi.useRealTimers());

/** Alice and Bob, whose laptop has a stream open; time passes for hub and calls alike. */
async function bobsLaptop() {
  const world = await twoPeople();
  const { app, alice, bob, direct } = world;
  app.deps.fanOut.open(bob, sink);
  const pass = async (seconds: number) => {
    for (let n = 0; n < seconds; n += 1) {
      app.clock.advance(1000);
      await vi.advanceTimersByTimeAsync(1000);
    }
  };
  const presence = async () => (await readUser(app.deps, alice.userId, bob.userId))?.presence;
  /** Alice calls Bob, and reaches LiveKit. */
  const call = async () => {
    const { call: made } = await startCall(app.deps, alice, {
      target: { conversationId: direct },
      requestId: null,
      clientId: tabOf(alice),
      switchFrom: null,
    });
    const callId = callIdSchema.parse(made.id);
    app.media.connect(await roomOf(app, callId), identityOf(alice));
    await reconcileCalls(app.deps);
    return callId;
  };
  /** How Alice reads the call once its ring has ended. */
  const outcome = async () => {
    app.clock.advance(app.deps.times.ringTimeoutMs);
    await expireRings(app.deps);
    const { entries } = await readHistory(app.deps, alice.userId, {
      filter: 'all',
      before: null,
      limit: 1,
    });
    return entries[0]?.outcome;
  };
  return { ...world, pass, presence, call, outcome };
}

it('a laptop that sleeps with its connection open is offline within 120 s, and its ring ends as not reachable', async () => {
  const { pass, presence, call, outcome } = await bobsLaptop();
  expect(await presence()).toBe('online');
  let seconds = 0;
  while ((await presence()) !== 'offline' && seconds < 300) {
    await pass(1);
    seconds += 1;
  }
  fault.within('shown offline after the last answer', 120_000, seconds * 1000);
  expect(seconds).toBeGreaterThanOrEqual(90);
  await call();
  expect(await outcome()).toBe('unreachable');
});

it('a laptop that wakes up while it rings has been reached', async () => {
  const { app, bob, pass, presence, call, outcome } = await bobsLaptop();
  await pass(120);
  const callId = await call();
  app.deps.presence.answered(bob.signInId);
  expect(await presence()).toBe('online');
  await vi.waitFor(async () => {
    expect((await loadCall(app.deps.db, callId))?.rings).toMatchObject([{ isReached: true }]);
  });
  expect(await outcome()).toBe('no_answer');
});

it('a laptop that answers its heartbeats stays online and reachable', async () => {
  const { app, bob, pass, presence, call, outcome } = await bobsLaptop();
  for (let n = 0; n < 20; n += 1) {
    await pass(15);
    app.deps.presence.answered(bob.signInId);
  }
  expect(await presence()).toBe('online');
  await call();
  expect(await outcome()).toBe('no_answer');
});
