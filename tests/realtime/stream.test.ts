import { expect, it } from 'vitest';
import type { CallId, UserId } from '@/lib/ids';
import type { CallView, Snapshot, StreamEvent, UserView } from '@/lib/protocol';
import type { Readers } from '@/lib/realtime/snapshot';
import { Stream } from '@/lib/realtime/stream';
import type { Viewer } from '@/lib/viewer';

const viewer = { userId: 'user_bob', signInId: 'signin_bob', isOperator: false } as Viewer;
const call = 'call_1' as CallId;
const empty = { calls: [], conversations: [], users: [] };

/** What the database says; a test changes it, and lets each read go when it wants. */
function world() {
  const truth = { view: null as { id: string; revision: number } | null, revision: 0 };
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
      read('snapshot', () => ({ ...empty, calls: truth.view ? [truth.view] : [] }) as unknown as Snapshot),
    call: () => read('call', () => truth.view as CallView | null),
    conversation: () => read('conversation', () => null),
    message: () => read('message', () => null),
    users: () => read('user', () => []),
    me: () => read('me', () => null),
    community: () => read('community', () => ({ name: 'Harbour Street', registration: 'invite' })),
    revision: async () => truth.revision,
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

function opened(readers: Readers) {
  const sent: StreamEvent[] = [];
  const closed: unknown[] = [];
  const errors: unknown[] = [];
  const sink = { send: (event: StreamEvent) => void sent.push(event), close: () => void closed.push(1) };
  return {
    stream: new Stream(
      viewer,
      sink,
      readers,
      async () => {},
      (error) => void errors.push(error),
    ),
    sent,
    closed,
    errors,
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('begins with one snapshot, however many wakes came before it was read', async () => {
  const { readers, truth } = world();
  truth.view = { id: call, revision: 1 };
  const { stream, sent } = opened(readers);
  stream.wake({ calls: [call] });
  stream.wake({ calls: [call] });
  await settled();
  expect(sent.map((event) => event.type)).toEqual(['snapshot', 'call']);
});

it('reads once more, and only once, for all that happened while it read', async () => {
  const { readers, truth, reads, hold, release } = world();
  truth.view = { id: call, revision: 1 };
  const { stream, sent } = opened(readers);
  await stream.flush();
  hold();
  stream.wake({ calls: [call] });
  for (let revision = 2; revision <= 50; revision += 1) {
    truth.view = { id: call, revision };
    stream.wake({ calls: [call] });
  }
  await release();
  expect(reads.filter((name) => name === 'call')).toHaveLength(2);
  expect(sent.at(-1)).toEqual({ type: 'call', data: { id: call, revision: 50 } });
});

it('what happens while the snapshot is read is sent after it', async () => {
  const { readers, truth, hold, release } = world();
  hold();
  const { stream, sent } = opened(readers);
  void stream.flush();
  truth.view = { id: call, revision: 7 };
  stream.wake({ calls: [call] });
  await release();
  expect(sent).toEqual([
    { type: 'snapshot', data: empty },
    { type: 'call', data: { id: call, revision: 7 } },
  ]);
});

it('sends `gone` once for what was removed, and nothing for what was never shown', async () => {
  const { readers, truth } = world();
  truth.view = { id: call, revision: 1 };
  const { stream, sent } = opened(readers);
  await stream.flush();
  truth.view = null;
  truth.revision = 9;
  stream.wake({ calls: [call] });
  await settled();
  stream.wake({ calls: [call], users: ['user_never' as UserId] });
  await settled();
  expect(sent.slice(1)).toEqual([{ type: 'call', data: { id: call, revision: 9, gone: true } }]);
});

it('what was removed and returns is shown again, and can be removed again', async () => {
  const { readers, truth } = world();
  truth.view = { id: call, revision: 1 };
  const { stream, sent } = opened(readers);
  await stream.flush();
  for (const view of [null, { id: call, revision: 3 }, null]) {
    truth.view = view;
    stream.wake({ calls: [call] });
    await settled();
  }
  expect(sent.slice(1).map((event) => 'gone' in event.data)).toEqual([true, false, true]);
});

it('a failed read closes it, so that its client comes back for a snapshot', async () => {
  const { readers } = world();
  const { stream, closed, errors } = opened({ ...readers, call: () => Promise.reject(new Error('disk')) });
  await stream.flush();
  stream.wake({ calls: [call] });
  await settled();
  expect(closed).toHaveLength(1);
  expect(errors).toHaveLength(1);
});

it('sends nothing after it was closed, even what it was reading', async () => {
  const { readers, truth, hold, release } = world();
  truth.view = { id: call, revision: 1 };
  const { stream, sent, closed } = opened(readers);
  await stream.flush();
  hold();
  stream.wake({ calls: [call] });
  stream.close();
  stream.close();
  await release();
  expect(sent).toHaveLength(1);
  expect(closed).toHaveLength(1);
});

it('sends a community that was renamed', async () => {
  const { readers } = world();
  const { stream, sent } = opened(readers);
  await stream.flush();
  stream.wake({ community: true });
  await settled();
  expect(sent.at(-1)).toEqual({
    type: 'community',
    data: { name: 'Harbour Street', registration: 'invite' },
  });
});

it('people who change at once are read in one go and sent in one event', async () => {
  const { readers, reads } = world();
  const [alice, carol] = ['user_alice', 'user_carol'] as [UserId, UserId];
  const { stream, sent } = opened({
    ...readers,
    users: async (_, ids) => {
      reads.push(`users ${ids.length}`);
      return ids.map((id) => ({ id }) as unknown as UserView);
    },
  });
  await stream.flush();
  stream.wake({ users: [alice] });
  stream.wake({ users: [carol, alice] });
  await settled();
  expect(reads.filter((read) => read.startsWith('users'))).toEqual(['users 2']);
  expect(sent.slice(1)).toEqual([{ type: 'users', data: [{ id: alice }, { id: carol }] }]);
});
