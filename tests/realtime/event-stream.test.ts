import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SignInId, UserId } from '@/lib/ids';
import { makeLog } from '@/lib/log';
import { openEventStream } from '@/lib/realtime/event-stream';
import { makeRealtime } from '@/lib/realtime/realtime';
import type { Readers } from '@/lib/realtime/snapshot';
import type { Viewer } from '@/lib/viewer';
import { connectClient } from '../support/stream-client';

const viewerOf = (name: string, device = 1): Viewer => ({
  userId: `user_${name}` as UserId,
  signInId: `signin_${name}${device}` as SignInId,
  isOperator: false,
});
const [alice, bob] = [viewerOf('alice'), viewerOf('bob')];

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => void vi.useRealTimers());
const settled = async () => {
  for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve));
};

function hubThatReads(userOf: (id: UserId) => unknown = (id) => ({ id })) {
  const reads = { users: 0 };
  const readers = {
    snapshot: async () => ({ calls: [], conversations: [], users: [] }),
    users: async () => {
      reads.users += 1;
      return () => userOf;
    },
  } as unknown as Readers;
  const hub = makeRealtime({
    log: makeLog('silent'),
    now: () => performance.now(),
    wallNow: () => Date.now(),
    readers: () => readers,
    onReach: async () => undefined,
  });
  const open = (viewer: Viewer) => connectClient(openEventStream(hub.fanOut, viewer, async () => true));
  return { hub, open, reads };
}

it('a client that does not read is let go, and the others are not held up', async () => {
  const { hub, open } = hubThatReads();
  const slow = open(alice);
  const reader = open(bob);
  for (let n = 0; n < 3; n += 1) {
    await settled();
    vi.advanceTimersByTime(15_000);
    reader.take();
  }
  await settled();
  const online = await hub.presence.online([alice.userId, bob.userId]);
  expect([...online]).toEqual([bob.userId]);
  expect([slow.isOver(), reader.isOver()]).toEqual([true, false]);
});

it('for a client that has not taken what it was sent nothing more is read, and then everything in one go', async () => {
  const big = 'x'.repeat(100_000);
  const { hub, open, reads } = hubThatReads((id) => ({ id, about: id === 'user_0' ? big : '' }));
  const client = open(alice);
  await settled();
  // That she has come online was read, too.
  reads.users = 0;
  for (let n = 0; n < 50; n += 1) {
    await hub.bus.publish({ type: 'wake', who: 'everyone', what: { users: [`user_${n}` as UserId] } });
    await settled();
  }
  expect(reads.users).toBe(1);
  while (!client.taken().includes('user_49')) {
    client.take();
    await settled();
  }
  expect(reads.users).toBe(2);
});

it('as many streams as a sign-in and a person may have, and a place again when one closes', async () => {
  const { hub, open } = hubThatReads();
  const browser = Array.from({ length: 64 }, () => open(alice));
  expect(() => open(alice)).toThrow(expect.objectContaining({ code: 'rate_limited' }));
  for (let n = 0; n < 192; n += 1) open(viewerOf('alice', 2 + Math.floor(n / 64)));
  expect(() => open(viewerOf('alice', 9))).toThrow(expect.objectContaining({ code: 'rate_limited' }));
  open(bob);
  expect(hub.fanOut.count()).toBe(257);
  browser[0]?.disconnect();
  await settled();
  open(alice);
});
