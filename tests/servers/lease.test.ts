import { describe, expect, it } from 'vitest';
import { community } from '@/db/schema';
import type { Tx } from '@/db/store';
import { LeaseLost, underLease } from '@/lib/lease';
import { makeLog } from '@/lib/log';
import { makeDatabaseLease } from '@/lib/servers/database-lease';
import { makeSharedClock } from '@/lib/servers/shared-clock';
import { makeTestApp } from '../support/make-test-deps';

/** Server processes over one database, in one monotonic time; each looks when the test says so. */
async function servers() {
  const { deps } = await makeTestApp();
  const time = { ms: 0 };
  const make = (holder: string, wallAheadMs = 0) => {
    const wall = { aheadMs: wallAheadMs };
    const failing = { is: false };
    const hold: { until: Promise<void> | null } = { until: null };
    const store = {
      get db() {
        if (failing.is) throw new Error('the database is away');
        return deps.db;
      },
      transaction: async <T>(work: (tx: Tx) => Promise<T>) => {
        await hold.until;
        return deps.transaction(work);
      },
    };
    const clock = makeSharedClock({
      monotonic: () => time.ms,
      wallNow: () => 1_800_000_000_000 + time.ms + wall.aheadMs,
    });
    const lease = makeDatabaseLease({ store, holder, clock, log: makeLog('silent') });
    return { clock, lease, wall, failing, hold };
  };
  /** Time passes in looks of these servers, half a second each. */
  const pass = async (ms: number, ...looking: ReturnType<typeof make>[]) => {
    for (const end = time.ms + ms; time.ms < end; ) {
      time.ms += Math.min(500, end - time.ms);
      for (const { lease } of looking) await lease.look();
    }
  };
  return { deps, time, make, pass };
}

it('the first server holds the lease, and the second only follows', async () => {
  const { make, pass } = await servers();
  const [one, two] = [make('one'), make('two')];
  await one.lease.look();
  await pass(10_000, one, two);
  expect([one.lease.isHeld(), two.lease.isHeld()]).toEqual([true, false]);
});

it('the lease of a dead server is taken over within 5 s', async () => {
  const { make, pass } = await servers();
  const [one, two] = [make('one'), make('two')];
  await one.lease.look();
  await pass(4000, one, two);
  await pass(4500, two);
  expect(two.lease.isHeld()).toBe(true);
});

it('a server that stops in order leaves the lease to the next look of another one', async () => {
  const { make, pass } = await servers();
  const [one, two] = [make('one'), make('two')];
  await one.lease.look();
  await pass(4000, one, two);
  await one.lease.stop();
  await pass(500, two);
  expect(two.lease.isHeld()).toBe(true);
});

it('a server that stops while it takes the lease over leaves it to the next look of another one', async () => {
  const { make, pass, time } = await servers();
  const [one, two, three] = [make('one'), make('two'), make('three')];
  await one.lease.look();
  await pass(4000, one, two, three);
  await pass(2500, two);
  const database = Promise.withResolvers<void>();
  two.hold.until = database.promise;
  time.ms += 500;
  const takingOver = two.lease.look();
  const stopping = two.lease.stop();
  database.resolve();
  await Promise.all([takingOver, stopping]);
  expect(two.lease.isHeld()).toBe(false);
  await pass(1000, three);
  expect(three.lease.isHeld()).toBe(true);
});

it('of two servers that take over at once one does', async () => {
  const { make, pass } = await servers();
  const [one, two, three] = [make('one'), make('two'), make('three')];
  await one.lease.look();
  await pass(4000, one, two, three);
  await pass(6000, two, three);
  expect([two, three].filter(({ lease }) => lease.isHeld())).toHaveLength(1);
});

it('a holder that stood still and was replaced writes nothing when it goes on', async () => {
  const { deps, make, pass } = await servers();
  const [one, two] = [make('one'), make('two')];
  await one.lease.look();
  await pass(4000, one, two);
  const before = await deps.db.select({ name: community.name }).from(community);
  await pass(5000, two);
  const rename = underLease(deps, one.lease).transaction(async (tx) => {
    await tx.update(community).set({ name: 'Renamed by a sleeper' });
  });
  await expect(rename).rejects.toBeInstanceOf(LeaseLost);
  expect(await deps.db.select({ name: community.name }).from(community)).toEqual(before);
  await pass(1000, one, two);
  expect([one.lease.isHeld(), two.lease.isHeld()]).toEqual([false, true]);
});

it('a holder that cannot reach the database begins no job before another server takes over', async () => {
  const { make, time } = await servers();
  const one = make('one');
  await one.lease.look();
  time.ms += 2600;
  expect(one.lease.isHeld()).toBe(false);
});

describe('a living holder keeps the lease', () => {
  it('when the other server stood still for a minute', async () => {
    const { make, pass } = await servers();
    const [one, two] = [make('one'), make('two')];
    await one.lease.look();
    await pass(4000, one, two);
    await pass(60_000, one);
    await pass(500, two);
    await pass(4000, one, two);
    expect([one.lease.isHeld(), two.lease.isHeld()]).toEqual([true, false]);
  });

  it('when both could not read the database for a while', async () => {
    const { make, pass, time } = await servers();
    const [one, two] = [make('one'), make('two')];
    await one.lease.look();
    await pass(4000, one, two);
    time.ms += 500;
    two.failing.is = true;
    // The holder's beats fail as well: it does not look.
    await pass(10_000, two);
    two.failing.is = false;
    await pass(500, two);
    expect(two.lease.isHeld()).toBe(false);
    await pass(4000, one, two);
    expect([one.lease.isHeld(), two.lease.isHeld()]).toEqual([true, false]);
  });

  it('when a third server has just begun', async () => {
    const { make, pass } = await servers();
    const [one, three] = [make('one'), make('three')];
    await one.lease.look();
    await pass(10_000, one, three);
    expect([one.lease.isHeld(), three.clock.isShared()]).toEqual([true, true]);
  });
});

it('of a follower and a newcomer the follower takes over, which has the time', async () => {
  const { make, pass } = await servers();
  const [one, two] = [make('one'), make('two')];
  await one.lease.look();
  await pass(4000, one, two);
  const newcomer = make('newcomer', 60_000);
  await pass(5000, newcomer, two);
  expect([two.lease.isHeld(), newcomer.lease.isHeld()]).toEqual([true, false]);
});
