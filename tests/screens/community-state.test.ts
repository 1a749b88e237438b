import type { ConversationView, MessageView, Snapshot, UserView } from '@parley/call-protocol';
import { describe, expect, test } from 'vitest';
import { fromSnapshot, reduceCommunity } from '@/app/(community)/_store/community-state';
import {
  addPending,
  emptyList,
  failPending,
  prepend,
  receive,
  takeNewest,
} from '@/app/(community)/_store/message-list';
import { emptyCommunity, messageView } from '../support/message-views';

const user = (id: string, revision: number, displayName = id): UserView => ({
  id,
  username: id,
  displayName,
  avatarUrl: null,
  about: '',
  presence: 'online',
  isBlocked: false,
  revision,
});
const conversation = (id: string, revision: number): ConversationView => ({
  id,
  kind: 'group',
  title: id,
  creatorId: null,
  memberIds: ['alice'],
  callsMuted: false,
  unreadCount: 0,
  lastReadSeq: 0,
  lastMessage: null,
  lastActivityAt: 0,
  callBack: null,
  revision,
});
const snapshot: Snapshot = {
  ...emptyCommunity,
  me: { ...emptyCommunity.me, revision: 5 },
  users: [user('alice', 1), user('bob', 5, 'Bob')],
  conversations: [conversation('trip', 5)],
};

describe('the community', () => {
  const start = fromSnapshot(snapshot);

  test('takes the newer of two views, whatever order they come in', () => {
    const newer = reduceCommunity(start, { type: 'users', data: [user('bob', 9, 'Robert')] });
    const late = reduceCommunity(newer, { type: 'users', data: [user('bob', 7, 'Bobby')] });
    expect(late.users.get('bob')?.displayName).toBe('Robert');
  });

  test('drops what was removed, and an older view that arrives late does not restore it', () => {
    const gone = reduceCommunity(start, {
      type: 'conversation',
      data: { id: 'trip', revision: 8, gone: true },
    });
    expect(gone.conversations.has('trip')).toBe(false);
    const late = reduceCommunity(gone, { type: 'conversation', data: conversation('trip', 7) });
    expect(late.conversations.has('trip')).toBe(false);
    const back = reduceCommunity(late, { type: 'conversation', data: conversation('trip', 9) });
    expect(back.conversations.has('trip')).toBe(true);
  });

  test('forgets with a snapshot whatever the snapshot lacks', () => {
    const next = reduceCommunity(start, {
      type: 'snapshot',
      data: { ...snapshot, conversations: [], users: [] },
    });
    expect([...next.conversations.keys(), ...next.users.keys()]).toEqual([]);
    expect(next.snapshotCount).toBe(start.snapshotCount + 1);
  });
});

const message = (seq: number, over: Partial<MessageView> = {}): MessageView =>
  messageView(seq, { authorId: 'alice', text: String(seq), ...over });

describe('a message list', () => {
  const ready = takeNewest(emptyList, [message(3), message(2)], true);
  const pending = (sentAt: number) => ({
    clientMessageId: 'client-id-1',
    text: 'hello',
    sentAt,
    hasFailed: false,
    reason: null,
  });

  test('stands in order of position, however pages and events come', () => {
    const list = prepend(receive(ready, message(4)), [message(1)], false);
    expect(list.messages.map((one) => one.seq)).toEqual([1, 2, 3, 4]);
    expect(list.hasOlder).toBe(false);
  });

  test('shows one message when the confirmed one takes the optimistic one’s place', () => {
    const sending = addPending(ready, pending(10));
    const sent = receive(sending, message(4, { clientMessageId: 'client-id-1' }));
    expect(sent.pending).toEqual([]);
    expect(sent.messages.filter((one) => one.clientMessageId === 'client-id-1')).toHaveLength(1);
  });

  test('keeps a message that did not get through, with the reason, and sends it again as the same', () => {
    const failed = failPending(addPending(ready, pending(10)), 'client-id-1', 'No connection');
    expect(failed.pending).toEqual([expect.objectContaining({ hasFailed: true, reason: 'No connection' })]);
    expect(addPending(failed, pending(11)).pending).toEqual([
      expect.objectContaining({ clientMessageId: 'client-id-1', hasFailed: false }),
    ]);
  });

  test('drops after a gap what the fresh page no longer has', () => {
    expect(takeNewest(ready, [message(9)], true).messages.map((one) => one.seq)).toEqual([9]);
  });

  test('takes a deletion, and no late copy of the words brings them back', () => {
    const deleted = receive(ready, message(3, { isDeleted: true, text: '', revision: 20 }));
    const late = receive(deleted, message(3));
    expect(late.messages.find((one) => one.seq === 3)).toMatchObject({ isDeleted: true, text: '' });
  });
});
