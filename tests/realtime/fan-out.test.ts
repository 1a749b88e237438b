import type {
  CallView,
  ConversationView,
  Gone,
  MessageView,
  PassingEvent,
  Snapshot,
  StreamEvent,
  UserView,
} from '@parley/call-protocol';
import { expect, it } from 'vitest';
import type { CallId, ConversationId, UserId } from '@/lib/ids';
import { makeLog } from '@/lib/log';
import { makeMemoryBus, type Wake } from '@/lib/realtime/bus';
import { makeFanOut } from '@/lib/realtime/fan-out';
import { makePresence } from '@/lib/realtime/presence';
import type { Readers } from '@/lib/realtime/snapshot';
import type { StreamSink } from '@/lib/realtime/stream';
import type { Viewer } from '@/lib/viewer';

const viewerOf = (name: string) =>
  ({ userId: `user_${name}`, signInId: `signin_${name}`, isOperator: false }) as Viewer;
const [alice, bob] = [viewerOf('alice'), viewerOf('bob')];
const call = 'call_1' as CallId;
const empty = { calls: [], conversations: [], users: [] };
const gone = { id: call, gone: true as const };

/** What the database says; a test changes it, and lets each read go when it wants. */
function world() {
  const truth = { view: null as { id: string; revision: number; gone?: true } | null };
  const reads: string[] = [];
  const gates: (() => void)[] = [];
  let isGated = false;
  const read = async <T>(name: string, value: () => T): Promise<T> => {
    reads.push(name);
    const seen = value();
    if (isGated) await new Promise<void>((open) => gates.push(open));
    return seen;
  };
  const readers: Readers = {
    snapshot: () =>
      read('snapshot', () => {
        const calls = truth.view && !truth.view.gone ? [truth.view] : [];
        return { ...empty, calls } as unknown as Snapshot;
      }),
    call: () => read('call', () => seenByAll(truth.view as CallView | Gone | null)),
    conversation: () => read('conversation', () => seenByAll(null)),
    message: () => read('message', () => seenByAll(null)),
    users: () => read('user', () => seenByAll(() => null)),
    me: () => read('me', () => seenByAll(null)),
    community: () => read('community', () => ({ name: 'Harbour Street', registration: 'invite' })),
    revoked: async () => [],
    liveParts: async () => [],
  };
  return {
    truth,
    reads,
    readers,
    hold: () => (isGated = true),
    release: async () => {
      isGated = false;
      for (const open of gates.splice(0)) open();
      await settled();
    },
  };
}

const seenByAll =
  <T>(view: T) =>
  () =>
    view;

/** Streams of one server process; `alice` and `bob` have one each. */
function served(readers: Readers) {
  const bus = makeMemoryBus();
  const presence = makePresence({ now: () => 0, wallNow: () => 0, onChange: () => {}, onReach: () => {} });
  const fanOut = makeFanOut({ log: makeLog('silent'), bus, presence, readers: () => readers });
  const open = (viewer: Viewer, whenDrained?: StreamSink['whenDrained']) => {
    const sent: StreamEvent[] = [];
    const closed: unknown[] = [];
    const { close } = fanOut.open(viewer, {
      send: (event) => void sent.push(event),
      close: () => void closed.push(1),
      ...(whenDrained && { whenDrained }),
    });
    return { sent, closed, close };
  };
  return {
    open,
    wake: (what: Wake) => bus.publish({ type: 'wake', who: 'everyone', what }),
    pass: (who: Viewer, event: PassingEvent) => bus.publish({ type: 'passing', who: [who.userId], event }),
  };
}

/** What can wait takes a turn of the event loop each. */
const settled = async () => {
  for (let turns = 0; turns < 8; turns += 1) await new Promise((resolve) => setImmediate(resolve));
};

it('begins with one snapshot, however many wakes came before it was read', async () => {
  const { readers, truth } = world();
  truth.view = { id: call, revision: 1 };
  const { open, wake } = served(readers);
  const { sent } = open(bob);
  void wake({ calls: [call] });
  void wake({ calls: [call] });
  await settled();
  expect(sent.map((event) => event.type)).toEqual(['snapshot', 'call']);
});

it('reads once more, and only once, for all that happened while it read', async () => {
  const { readers, truth, reads, hold, release } = world();
  truth.view = { id: call, revision: 1 };
  const { open, wake } = served(readers);
  const { sent } = open(bob);
  await settled();
  hold();
  await wake({ calls: [call] });
  for (let revision = 2; revision <= 50; revision += 1) {
    truth.view = { id: call, revision };
    await wake({ calls: [call] });
  }
  await release();
  expect(reads.filter((name) => name === 'call')).toHaveLength(2);
  expect(sent.at(-1)).toEqual({ type: 'call', data: { id: call, revision: 50 } });
});

it('what happens while the snapshot is read is sent after it', async () => {
  const { readers, truth, hold, release } = world();
  hold();
  const { open, wake } = served(readers);
  const { sent } = open(bob);
  await settled();
  truth.view = { id: call, revision: 7 };
  await wake({ calls: [call] });
  await release();
  expect(sent).toEqual([
    { type: 'snapshot', data: empty },
    { type: 'call', data: { id: call, revision: 7 } },
  ]);
});

it('sends `gone` once for what was removed, and nothing for what was never shown', async () => {
  const { readers, truth } = world();
  truth.view = { id: call, revision: 1 };
  const { open, wake } = served(readers);
  const { sent } = open(bob);
  await settled();
  truth.view = { ...gone, revision: 9 };
  await wake({ calls: [call] });
  await settled();
  await wake({ calls: [call] });
  await settled();
  expect(sent.slice(1)).toEqual([{ type: 'call', data: { id: call, revision: 9, gone: true } }]);
  const late = open(alice);
  await settled();
  await wake({ calls: [call] });
  await settled();
  expect(late.sent.map((event) => event.type)).toEqual(['snapshot']);
});

it('what was removed and returns is shown again, and can be removed again', async () => {
  const { readers, truth } = world();
  truth.view = { id: call, revision: 1 };
  const { open, wake } = served(readers);
  const { sent } = open(bob);
  await settled();
  for (const view of [
    { ...gone, revision: 2 },
    { id: call, revision: 3 },
    { ...gone, revision: 4 },
  ]) {
    truth.view = view;
    await wake({ calls: [call] });
    await settled();
  }
  expect(sent.slice(1).map((event) => 'gone' in event.data)).toEqual([true, false, true]);
});

it('a failed read closes it, so that its client comes back for a snapshot', async () => {
  const { readers } = world();
  const { open, wake } = served({ ...readers, call: () => Promise.reject(new Error('disk')) });
  const [his, hers] = [open(bob), open(alice)];
  await settled();
  await wake({ calls: [call] });
  await settled();
  expect([his.closed, hers.closed]).toEqual([[1], [1]]);
});

it('a stream that cannot be sent to is closed alone', async () => {
  const { readers, truth } = world();
  truth.view = { id: call, revision: 1 };
  const { open, wake } = served(readers);
  const [broken, whole] = [open(alice), open(bob)];
  await settled();
  broken.sent.push = () => {
    throw new Error('the body is gone');
  };
  await wake({ calls: [call] });
  await settled();
  expect([broken.closed, whole.closed]).toEqual([[1], []]);
  expect(whole.sent.at(-1)?.type).toBe('call');
});

it('a stream that cannot even be closed ends the reads of no other', async () => {
  const { readers, truth } = world();
  truth.view = { id: call, revision: 1 };
  const { open, wake } = served(readers);
  const [broken, whole] = [open(alice), open(bob)];
  await settled();
  broken.sent.push = () => {
    throw new Error('the body is gone');
  };
  broken.closed.push = () => {
    throw new Error('and was closed already');
  };
  await wake({ calls: [call] });
  await settled();
  await wake({ calls: [call] });
  await settled();
  expect(whole.sent.map(({ type }) => type)).toEqual(['snapshot', 'call', 'call']);
});

it('sends nothing after it was closed, even what it was reading', async () => {
  const { readers, truth, hold, release } = world();
  truth.view = { id: call, revision: 1 };
  const { open, wake } = served(readers);
  const { sent, closed, close } = open(bob);
  await settled();
  hold();
  await wake({ calls: [call] });
  close();
  close();
  await release();
  expect(sent).toHaveLength(1);
  expect(closed).toHaveLength(1);
});

it('sends a community that was renamed', async () => {
  const { readers } = world();
  const { open, wake } = served(readers);
  const { sent } = open(bob);
  await settled();
  await wake({ community: true });
  await settled();
  expect(sent.at(-1)).toEqual({
    type: 'community',
    data: { name: 'Harbour Street', registration: 'invite' },
  });
});

it('people who change at once are read in one go and sent in one event', async () => {
  const { readers, reads } = world();
  const carol = 'user_carol' as UserId;
  const { open, wake } = served({
    ...readers,
    users: async (ids) => {
      reads.push(`users ${ids.length}`);
      return seenByAll((id) => ({ id }) as unknown as UserView);
    },
  });
  const { sent } = open(bob);
  await settled();
  void wake({ users: [alice.userId] });
  void wake({ users: [carol, alice.userId] });
  await settled();
  expect(reads.filter((read) => read.startsWith('users'))).toEqual(['users 2']);
  expect(sent.slice(1)).toEqual([{ type: 'users', data: [{ id: alice.userId }, { id: carol }] }]);
});

it('a thing is read once for all streams, and each is sent its own view', async () => {
  const { readers, reads } = world();
  const { open, wake } = served({
    ...readers,
    message: async (id, viewerIds) => {
      reads.push(`message for ${viewerIds.length}`);
      return (viewerId) =>
        viewerId === alice.userId ? ({ id, text: viewerId } as unknown as MessageView) : null;
    },
  });
  const streams = [open(alice), open(alice), open(bob)];
  await settled();
  await wake({ messages: ['msg_1'] });
  await settled();
  expect(reads.filter((read) => read.startsWith('message'))).toEqual(['message for 2']);
  const hers = { type: 'message', data: { id: 'msg_1', text: alice.userId } };
  expect(streams.map(({ sent }) => sent.slice(1))).toEqual([[hers], [hers], []]);
});

it('a conversation is sent before what was said in it, whichever was woken first', async () => {
  const { readers } = world();
  const { open, wake } = served({
    ...readers,
    conversation: async (id) => seenByAll({ id } as unknown as ConversationView),
    message: async (id) => seenByAll({ id } as unknown as MessageView),
  });
  const { sent } = open(bob);
  await settled();
  void wake({ messages: ['msg_1'] });
  void wake({ conversations: ['conv_1' as ConversationId] });
  await settled();
  expect(sent.map(({ type }) => type)).toEqual(['snapshot', 'conversation', 'message']);
});

it('a slow client is read for when it has taken what it was sent, and delays no other stream; rings reach it at once', async () => {
  const { readers, reads, truth } = world();
  truth.view = { id: call, revision: 1 };
  const { open, wake } = served({
    ...readers,
    message: async (id, viewerIds) => {
      reads.push(`${id} for ${viewerIds.join()}`);
      return seenByAll({ id } as unknown as MessageView);
    },
  });
  const taken = Promise.withResolvers<void>();
  let isFull = true;
  const slow = open(alice, () => (isFull ? taken.promise : null));
  const quick = open(bob);
  await settled();
  for (const id of ['msg_1', 'msg_2']) {
    await wake({ messages: [id] });
    await settled();
  }
  await wake({ calls: [call] });
  await settled();
  expect(quick.sent.map(({ type }) => type)).toEqual(['snapshot', 'message', 'message', 'call']);
  expect(slow.sent.map(({ type }) => type)).toEqual(['snapshot', 'call']);
  isFull = false;
  taken.resolve();
  await settled();
  expect(slow.sent.map(({ type }) => type)).toEqual(['snapshot', 'call', 'message', 'message']);
  expect(reads.filter((read) => read.startsWith('msg'))).toEqual([
    'msg_1 for user_bob',
    'msg_2 for user_bob',
    'msg_1 for user_alice',
    'msg_2 for user_alice',
  ]);
});

it('a ring is read at once while many messages still wait, which are read one per turn of the loop', async () => {
  const { readers, reads } = world();
  const { open, wake } = served(readers);
  open(bob);
  await settled();
  await wake({ messages: Array.from({ length: 200 }, (_, n) => `msg_${n}`) });
  for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  await wake({ calls: [call] });
  await new Promise((resolve) => setImmediate(resolve));
  expect(reads.filter((read) => read === 'call')).toHaveLength(1);
  expect(reads.filter((read) => read === 'message').length).toBeLessThan(10);
  while (reads.length < 202) await new Promise((resolve) => setImmediate(resolve));
});

it('passes an event on to the streams it is for, at once, and not to a client that is far behind', async () => {
  const { readers, reads } = world();
  const { open, pass } = served(readers);
  const [forAlice, forBob] = [open(alice), open(bob)];
  const slow = open(bob, () => new Promise(() => {}));
  await settled();
  const before = reads.length;
  const event = {
    type: 'reaction',
    data: { callId: call, userId: alice.userId, reaction: 'heart' },
  } as const;
  await pass(bob, event);
  expect(forBob.sent.at(-1)).toEqual(event);
  expect([forAlice, slow].flatMap(({ sent }) => sent)).not.toContainEqual(event);
  expect(reads).toHaveLength(before);
});
