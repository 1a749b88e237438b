import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { rings } from '@/db/schema';
import { startCallTimers } from '@/lib/calls/jobs/call-timers';
import { loadCall } from '@/lib/calls/reads/load-call';
import { callIdSchema } from '@/lib/ids';
import { askRoute } from '../support/ask-route';
import { countStatements } from '../support/count-statements';
import { identityOf, roomOf, tabOf, twoPeople } from '../support/in-process-call';
import { settle } from '../support/settle';

/** Deadlines are met by a process that sleeps until the next one it knows. */

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] }),
);
afterEach(() => void vi.useRealTimers());

/** A server that has been idle for a while, and Alice, who calls Bob. */
async function anIdleServer() {
  const { app, alice, direct } = await twoPeople({ CALL_RING_SECONDS: '30' });
  const timers = startCallTimers(app.deps);
  onTestFinished(timers.stop);
  await timers.firstTick;
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 250) {
      app.clock.advance(250);
      vi.advanceTimersByTime(250);
      await settle(10);
    }
  };
  await pass(1000);
  const ring = async () => {
    const body = { conversationId: direct, clientId: tabOf(alice) };
    const { call } = await (await askRoute(app, 'POST /api/calls', alice, { body })).json();
    const callId = callIdSchema.parse(call.id);
    app.media.connect(await roomOf(app, callId), identityOf(alice));
    return { callId, stateOf: async () => (await loadCall(app.deps.db, callId))?.rings[0]?.state };
  };
  return { app, pass, ring };
}

it('a ring that began after the last read of the database ends on time', async () => {
  const { pass, ring } = await anIdleServer();
  const { stateOf } = await ring();
  await pass(29_750);
  expect(await stateOf()).toBe('ringing');
  await pass(500);
  expect(await stateOf()).toBe('unreachable');
});

it('a deadline that another process wrote is met within 4 s', async () => {
  const { app, pass, ring } = await anIdleServer();
  const { callId, stateOf } = await ring();
  await pass(1000);
  // Past this process's own unit of work, as another process would write it.
  const deadlineAt = app.clock.now() + 250;
  await app.deps.transaction((tx) => tx.update(rings).set({ deadlineAt }).where(eq(rings.callId, callId)));
  await pass(4250);
  expect(await stateOf()).toBe('unreachable');
});

it('while nothing is due, a second passes without asking the database for deadlines', async () => {
  const { pass, ring } = await anIdleServer();
  await ring();
  const { reads } = await countStatements(() => pass(1000));
  expect(reads.filter((sql) => sql.includes('deadline'))).toEqual([]);
});

it('a sweep that the database refused is repeated at once', async () => {
  const { app, pass, ring } = await anIdleServer();
  const { stateOf } = await ring();
  await pass(29_500);
  const { transaction } = app.deps;
  app.deps.transaction = () => Promise.reject(new Error('the disk is full'));
  await pass(1000);
  expect(await stateOf()).toBe('ringing');
  app.deps.transaction = transaction;
  await pass(250);
  expect(await stateOf()).toBe('unreachable');
});

it('a server without the lease sleeps, whatever deadline has passed', async () => {
  const { app, direct, alice } = await twoPeople({ CALL_RING_SECONDS: '30' });
  let looks = 0;
  const isHeld = () => {
    looks += 1;
    return false;
  };
  const timers = startCallTimers({ ...app.deps, lease: { isHeld, require: async () => undefined } });
  onTestFinished(timers.stop);
  await timers.firstTick;
  await askRoute(app, 'POST /api/calls', alice, { body: { conversationId: direct, clientId: tabOf(alice) } });
  app.clock.advance(60_000);
  looks = 0;
  for (let passed = 0; passed < 1000; passed += 5) {
    app.clock.advance(5);
    vi.advanceTimersByTime(5);
    await settle(2);
  }
  // Four ticks, and what compares calls with LiveKit every 4 s.
  expect(looks).toBeLessThanOrEqual(6);
});
