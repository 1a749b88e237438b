import { readdirSync } from 'node:fs';
import { inArray, ne } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { calls, messages, participations, rings } from '@/db/schema';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { callIdSchema } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { faultCase } from '../support/fault-case';
import { tabOf } from '../support/in-process-call';
import { makeTestApp } from '../support/make-test-deps';

const fault = faultCase(41);
const total = Number(process.env.FAULT_CALLS ?? 20_000);

/** Requests come in turns of the event loop, and only between two of them what SQLite holds is let go. */
const turn = () => new Promise((resolve) => setImmediate(resolve));
const openFiles = () => readdirSync('/proc/self/fd').length;
async function memoryMb(): Promise<{ heap: number; all: number }> {
  if (!globalThis.gc) throw new Error('run with --expose-gc');
  globalThis.gc();
  await turn();
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / 1024 / 1024, all: rss / 1024 / 1024 };
}

it(`${total} calls leave no stuck row, no open file and no memory behind`, async () => {
  const app = await makeTestApp({ CALL_RING_SECONDS: '15', CALL_REJOIN_SECONDS: '5' });
  const people: Viewer[] = [];
  for (let n = 0; n < 20; n += 1) people.push(await app.makeUser(`P${n}`));
  const pair = (n: number) => {
    const caller = people[n % people.length];
    const callee = people[(n + 1 + (n % 7)) % people.length];
    if (!caller || !callee) throw new Error('no such person');
    return [caller, callee] as const;
  };
  // Streams are opened and closed along the way, as browsers come and go.
  const sink = { send: () => undefined, close: () => undefined };

  async function live(n: number): Promise<void> {
    const [caller, callee] = pair(n);
    const stream = n % 10 === 0 ? app.deps.fanOut.open(callee, sink) : null;
    const started = await startCall(app.deps, caller, {
      target: { userId: callee.userId },
      requestId: null,
      clientId: tabOf(caller),
      switchFrom: null,
    });
    const callId = callIdSchema.parse(started.call.id);
    if (n % 4 === 0) await leaveCall(app.deps, caller, { callId, clientId: tabOf(caller) });
    else if (n % 4 === 1) await declineCall(app.deps, callee, { callId, ringId: null });
    else if (n % 4 === 2) app.clock.advance(15_000);
    else {
      await enterCall(app.deps, callee, { callId, clientId: tabOf(callee), switchFrom: null });
      await leaveCall(app.deps, callee, { callId, clientId: tabOf(callee) });
    }
    await expireRings(app.deps);
    if (n % 50 === 0) await reconcileCalls(app.deps);
    stream?.close();
    app.wakes.length = 0;
    (app.media.calls as unknown[]).length = 0;
    // The limits count a minute; the next pair comes after it.
    app.clock.advance(7000);
    await turn();
  }

  // What is opened once and stays is open after the first few.
  for (let n = 0; n < 40; n += 1) await live(n);
  const filesBefore = openFiles();
  for (let n = 40; n < total / 2; n += 1) await live(n);
  const halfway = await memoryMb();
  fault.did(
    `${total / 2} calls done, heap ${Math.round(halfway.heap)} MB, all memory ${Math.round(halfway.all)} MB`,
  );
  for (let n = total / 2; n < total; n += 1) await live(n);
  const atEnd = await memoryMb();

  const { db } = app.deps;
  expect(await db.$count(calls)).toBe(total);
  expect(await db.$count(messages)).toBe(total);
  fault.atMost('calls that are stuck', 0, await db.$count(calls, ne(calls.status, 'ended')), 'calls');
  fault.atMost('rings that are stuck', 0, await db.$count(rings, inArray(rings.state, ['ringing'])), 'rings');
  fault.atMost(
    'parts that are stuck',
    0,
    await db.$count(participations, ne(participations.state, 'left')),
    'parts',
  );
  expect(await app.media.listRooms('parley_')).toEqual([]);
  expect(app.deps.fanOut.count()).toBe(0);
  fault.atMost('open files more than before', 0, Math.max(0, openFiles() - filesBefore), 'files');
  fault.atMost('heap gained over the last half', 20, Math.round(atEnd.heap - halfway.heap), 'MB');
  fault.atMost('all memory gained over the last half', 60, Math.round(atEnd.all - halfway.all), 'MB');
});
