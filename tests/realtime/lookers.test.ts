import type { Snapshot, StreamEvent, UserView } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import type { UserId } from '@/lib/ids';
import { makeLog } from '@/lib/log';
import { makeMemoryBus } from '@/lib/realtime/bus';
import { makeFanOut } from '@/lib/realtime/fan-out';
import { Lookers } from '@/lib/realtime/lookers';
import { makePresence } from '@/lib/realtime/presence';
import type { Readers } from '@/lib/realtime/snapshot';
import { Stream } from '@/lib/realtime/stream';
import type { Viewer } from '@/lib/viewer';

const alice = { userId: 'user_alice', signInId: 'signin_alice', isOperator: false } as unknown as Viewer;
const settled = async () => {
  for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve));
};
const id = (name: string | number) => `user_${name}` as UserId;

/** A server with one stream, whose snapshot holds Alice and Bob of a large community and waits to be read. */
function largeCommunity() {
  const removed = new Set<string>();
  const users = [{ id: id('alice') }, { id: id('bob') }] as unknown as UserView[];
  let arrive = () => {};
  const snapshot = { users, memberCount: 5000, calls: [], conversations: [] } as unknown as Snapshot;
  const readers = {
    snapshot: () => new Promise<Snapshot>((resolve) => (arrive = () => resolve(snapshot))),
    users: async () => () => (userId: UserId) =>
      removed.has(userId) ? { id: userId, revision: 9, gone: true } : { id: userId },
  } as unknown as Readers;
  const bus = makeMemoryBus();
  const presence = makePresence({ now: () => 0, wallNow: () => 0, onChange: () => {}, onReach: () => {} });
  const fanOut = makeFanOut({ log: makeLog('silent'), bus, presence, readers: () => readers });
  const sent: StreamEvent[] = [];
  const { close } = fanOut.open(alice, { send: (event) => void sent.push(event), close: () => {} });
  return {
    removed,
    close,
    look: (...userIds: UserId[]) => bus.publish({ type: 'look', viewer: alice, userIds }),
    change: (...userIds: UserId[]) =>
      bus.publish({ type: 'wake', who: 'everyone', what: { users: userIds } }),
    wakeAlice: (...userIds: UserId[]) =>
      bus.publish({ type: 'wake', who: [alice.userId], what: { users: userIds } }),
    arrive: async () => {
      await settled();
      arrive();
      await settled();
    },
    /** Who was sent since the last look. */
    news: async () => {
      await settled();
      return sent
        .splice(0)
        .flatMap((event) => (event.type === 'users' ? event.data.map((user) => user.id) : []));
    },
  };
}

it('who changes while the snapshot is read is sent after it, if the stream looks at them', async () => {
  const { look, change, arrive, news } = largeCommunity();
  await look(id('carol'));
  await change(id('bob'), id('carol'), id('dave'));
  expect(await news()).toEqual([]);
  await arrive();
  expect((await news()).toSorted()).toEqual([id('bob'), id('carol')]);
});

it('a stream is woken for whom its browser was given, for 2,000 of them at most, and always for its first', async () => {
  const { look, change, arrive, news } = largeCommunity();
  await arrive();
  for (let n = 0; n < 2001; n += 1) await look(id(n));
  await change(id(0), id(1), id(2000), id('bob'));
  expect(await news()).toEqual([id(1), id(2000), id('bob')]);
  // Given once more, they are the latest.
  await look(id(1));
  await look(id(3000));
  await change(id(1), id(2));
  expect(await news()).toEqual([id(1)]);
});

it('a person who is removed is sent as gone once', async () => {
  const { removed, look, change, arrive, news } = largeCommunity();
  await arrive();
  await look(id('carol'));
  removed.add(id('carol'));
  await change(id('carol'));
  expect(await news()).toEqual([id('carol')]);
  await change(id('carol'));
  expect(await news()).toEqual([]);
});

it('a person who was never shown is not sent as gone', async () => {
  const { removed, change, wakeAlice, arrive, news } = largeCommunity();
  await arrive();
  removed.add(id('carol'));
  await wakeAlice(id('carol'));
  await change(id('carol'));
  expect(await news()).toEqual([]);
});

it('a stream that was closed while its snapshot was read is woken for no person', async () => {
  const { close, change, arrive, news } = largeCommunity();
  close();
  await arrive();
  await change(id('bob'));
  expect(await news()).toEqual([]);
});

it('of a stream that was sent several snapshots the latest counts, and nothing is left of it once it is closed', () => {
  const lookers = new Lookers();
  const stream = new Stream(alice, { send: () => {}, close: () => {} });
  const show = (...names: string[]) => {
    const users = names.map((name) => ({ id: id(name) })) as unknown as UserView[];
    stream.sendSnapshot({ users, memberCount: 5000, calls: [], conversations: [] } as unknown as Snapshot);
    lookers.begin(stream);
    lookers.settle(
      stream,
      users.map((user) => user.id),
    );
  };
  const wokenBy = (...names: string[]) => lookers.wokenBy(names.map(id)).flatMap(([streams]) => [...streams]);
  show('bob', 'carol');
  show('carol', 'dave');
  expect([wokenBy('bob').length, wokenBy('carol').length, wokenBy('dave').length]).toEqual([0, 1, 1]);
  // Read again by the client, which still has Bob.
  lookers.look(stream, [id('bob')]);
  expect(wokenBy('bob')).toHaveLength(1);
  lookers.forget(stream);
  expect(wokenBy('bob', 'carol', 'dave')).toEqual([]);
});
