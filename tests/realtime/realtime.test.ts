import type { StreamEvent } from '@parley/call-protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SignInId, UserId } from '@/lib/ids';
import { makeLog } from '@/lib/log';
import type { Audience, Wake } from '@/lib/realtime/bus';
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
const alice = viewerOf('alice');
const bob = viewerOf('bob');

const nothing = async () => () => null;
const readers = {
  snapshot: async () => ({ calls: [], conversations: [], users: [] }),
  call: nothing,
  conversation: nothing,
  message: nothing,
  users: async () => () => (id: UserId) => ({ id, revision: 1 }),
  me: nothing,
} as unknown as Readers;

function hubWithNotes(now = () => 0) {
  const announcements: UserId[][] = [];
  const reached: UserId[] = [];
  const hub = makeRealtime({
    log: makeLog('silent'),
    now,
    wallNow: () => Date.now(),
    readers: () => readers,
    onReach: async (userId) => void reached.push(userId),
  });
  hub.bus.subscribe((message) => {
    if (message.type === 'wake' && message.who === 'everyone')
      announcements.push([...(message.what.users ?? [])]);
  });
  const open = (viewer: Viewer) => {
    const sent: StreamEvent['type'][] = [];
    let closed = 0;
    const { close, drop } = hub.fanOut.open(viewer, {
      send: (event) => void sent.push(event.type),
      close: () => {
        closed += 1;
      },
    });
    return { sent, close, drop, closedTimes: () => closed };
  };
  const isOnline = async ({ userId }: Viewer) => (await hub.presence.online([userId])).has(userId);
  const isShownOnline = async ({ userId }: Viewer) =>
    (await hub.presence.shown([userId])).get(userId)?.isOnline ?? false;
  const wake = (who: Audience, what: Wake) => hub.bus.publish({ type: 'wake', who, what });
  return { hub, open, announcements, reached, isOnline, isShownOnline, wake };
}

// What is scheduled with setImmediate or promises stays real.
beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] }),
);
afterEach(() => void vi.useRealTimers());
/** What can wait takes a turn of the loop for each read. */
const settled = async () => {
  for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve));
};

it('every opened stream counts as reaching its person, the first also as coming online', async () => {
  const { open, announcements, reached, isOnline } = hubWithNotes();
  open(alice);
  open(alice);
  expect(await isOnline(alice)).toBe(true);
  await settled();
  expect(announcements).toEqual([[alice.userId]]);
  expect(reached).toEqual([alice.userId, alice.userId]);
});

it('a reload is not shown as going offline, staying away is', async () => {
  const { open, announcements, isOnline, isShownOnline } = hubWithNotes();
  open(alice).close();
  expect(await isOnline(alice)).toBe(false);
  expect(await isShownOnline(alice)).toBe(true);
  vi.advanceTimersByTime(2_999);
  expect(await isShownOnline(alice)).toBe(true);
  const again = open(alice);
  vi.advanceTimersByTime(10_000);
  await settled();
  expect(announcements).toEqual([[alice.userId]]);
  again.close();
  vi.advanceTimersByTime(3_000);
  await settled();
  expect(announcements).toEqual([[alice.userId], [alice.userId]]);
  expect(await isShownOnline(alice)).toBe(false);
});

it('people who come and go in one turn, or while that is announced, are announced together', async () => {
  const { open, announcements } = hubWithNotes();
  const crowd = Array.from({ length: 200 }, (_, n) => viewerOf(`guest${n}`));
  const streams = crowd.map((viewer) => open(viewer));
  await settled();
  expect(announcements.map((userIds) => userIds.length)).toEqual([200]);
  for (const stream of streams) stream.drop();
  vi.advanceTimersByTime(3_000);
  await settled();
  expect(announcements.map((userIds) => userIds.length)).toEqual([200, 200]);
});

it('wakes the streams of the users concerned, and no others', async () => {
  const { open, wake } = hubWithNotes();
  const [of1, of2, ofBob] = [open(alice), open(alice), open(bob)];
  await settled();
  await wake([alice.userId, alice.userId], { users: [bob.userId] });
  await settled();
  // Each was sent that the two have come online.
  expect([of1.sent, of2.sent, ofBob.sent]).toEqual([
    ['snapshot', 'users', 'users'],
    ['snapshot', 'users', 'users'],
    ['snapshot', 'users'],
  ]);
  await wake('everyone', { users: [bob.userId] });
  await settled();
  expect(ofBob.sent).toEqual(['snapshot', 'users', 'users']);
});

it('a revoked sign-in’s stream receives `signed-out` and closes; the person’s other streams stay open', async () => {
  const { hub, open, isOnline } = hubWithNotes();
  const [here, there] = [open(alice), open(viewerOf('alice', 2))];
  await settled();
  await hub.bus.publish({ type: 'signed_out', signInIds: [alice.signInId] });
  expect(here.sent.at(-1)).toBe('signed-out');
  expect([here.closedTimes(), there.closedTimes()]).toEqual([1, 0]);
  expect(await isOnline(alice)).toBe(true);
  expect(hub.fanOut.count()).toBe(1);
});

it('beats every 15 seconds, so that a client knows a dead line by its silence', async () => {
  const { open } = hubWithNotes();
  const { sent } = open(alice);
  await settled();
  vi.advanceTimersByTime(45_000);
  expect(sent).toEqual(['snapshot', 'users', 'heartbeat', 'heartbeat', 'heartbeat']);
});

it('on a stop every stream is closed once', async () => {
  const { hub, open, isOnline } = hubWithNotes();
  const streams = [open(alice), open(bob)];
  hub.close();
  hub.close();
  expect(streams.map((stream) => stream.closedTimes())).toEqual([1, 1]);
  expect([await isOnline(alice), await isOnline(bob)]).toEqual([false, false]);
});

it('a sign-in that was revoked while its stream opened gets no stream', async () => {
  const { hub } = hubWithNotes();
  const client = connectClient(openEventStream(hub.fanOut, alice, async () => false));
  await settled();
  expect([hub.fanOut.count(), client.isOver()]).toEqual([0, true]);
});

it('a request that was given up before it was answered leaves no stream behind', async () => {
  const { hub } = hubWithNotes();
  const sendTo = openEventStream(hub.fanOut, alice, async () => true);
  connectClient((client) => sendTo(client.destroy()));
  await settled();
  expect(hub.fanOut.count()).toBe(0);
});
