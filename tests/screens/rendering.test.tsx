import type { ConversationView, MessageView, Presence, UserView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import {
  AppRouterContext,
  type AppRouterInstance,
} from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { useLayoutEffect } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemberList } from '@/app/(community)/_people/member-list';
import { ProfileProvider } from '@/app/(community)/_people/profile';
import { Conversations } from '@/app/(community)/_shell/conversations';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { MessageLog } from '@/app/(community)/messages/message-log';
import { alice, bob, carol, snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';
import { messageView } from '../support/message-views';
import { stubLayout } from '../support/no-layout';
import { renders } from '../support/render-counts';

const nothing = () => {};
const router: AppRouterInstance = {
  back: nothing,
  forward: nothing,
  push: nothing,
  refresh: nothing,
  replace: nothing,
  prefetch: nothing,
  bfcacheId: '',
};
/** All messages of the conversation, oldest first. */
let page: MessageView[] = [];
beforeEach(() => {
  stubLayout();
  vi.stubGlobal('fetch', async () => Response.json({ messages: page.toReversed(), nextBefore: null }));
});
afterEach(() => {
  cleanup();
  renders.stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const message = (seq: number, over: Partial<MessageView> = {}): MessageView =>
  messageView(seq, {
    conversationId: 'conv_1',
    authorId: seq % 2 ? bob.id : alice.id,
    sentAt: new Date(2026, 2, 9, 12, 0).getTime() + seq * 1000,
    ...over,
  });
const user = (id: string, presence: Presence, revision: number): UserView => ({
  id,
  username: id.replace('user_', ''),
  displayName: id.replace('user_', 'Person '),
  avatarUrl: null,
  about: '',
  presence,
  isBlocked: false,
  revision,
});
const messages = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => message(from + at));
const crowd = (count: number) =>
  Array.from({ length: count }, (_, at) => user(`user_${String(at).padStart(3, '0')}`, 'online', 1));
const [direct] = snapshot().conversations;
if (!direct) throw new Error('the snapshot has one conversation');
const conversation = (id: string, over: Partial<ConversationView> = {}): ConversationView => ({
  ...direct,
  id,
  kind: 'group',
  title: `Group ${id}`,
  lastActivityAt: Number(id),
  ...over,
});

async function show(part: React.ReactNode, change: Parameters<typeof snapshot>[1] = {}) {
  const store = new CommunityStore(snapshot([], change));
  await act(async () => {
    renderKitInEnglish(
      <AppRouterContext value={router}>
        <CommunityStoreProvider store={store}>
          <ProfileProvider>{part}</ProfileProvider>
        </CommunityStoreProvider>
      </AppRouterContext>,
    );
  });
  const say = (...events: Parameters<CommunityStore['handle']>[0][]) =>
    act(async () => {
      for (const event of events) store.handle(event);
    });
  renders.start();
  return { store, say };
}
/** The rows of messages, calls, people or conversations; not the lines between messages. */
const rows = () => [...document.querySelectorAll<HTMLElement>('li:not([data-line])')];

test('the presence of other people and their unread messages render no message row', async () => {
  page = messages(1, 50);
  const { say } = await show(<MessageLog conversation={direct} />, {
    conversations: [direct, conversation('2')],
  });
  expect(rows()).toHaveLength(50);
  for (let revision = 2; revision < 12; revision += 1) {
    await say({ type: 'users', data: [user(carol.id, revision % 2 ? 'online' : 'offline', revision)] });
    await say({ type: 'conversation', data: conversation('2', { unreadCount: revision, revision }) });
  }
  expect(renders.of('MessageRow')).toBe(0);
  expect(renders.of('MessageLog')).toBe(0);
});

test('the author’s presence renders no message row either, and a new name only where it stands', async () => {
  page = messages(1, 50);
  const { say } = await show(<MessageLog conversation={direct} />);
  await say({ type: 'users', data: [{ ...user(bob.id, 'in_call', 2), ...bob }] });
  expect(renders.of('MessageRow') + renders.of('Author')).toBe(0);
  await say({ type: 'users', data: [{ ...user(bob.id, 'in_call', 3), ...bob, displayName: 'Robert' }] });
  expect(renders.of('MessageRow')).toBe(0);
  expect(renders.of('Author')).toBe(25);
  expect(screen.getAllByText('Robert')).toHaveLength(25);
});

test('a new message renders one row', async () => {
  page = messages(1, 50);
  const { say } = await show(<MessageLog conversation={direct} />);
  await say({ type: 'message', data: message(51) });
  expect(rows()).toHaveLength(51);
  expect(renders.of('MessageRow')).toBe(1);
});

test('an unread message in one conversation renders its row alone', async () => {
  const conversations = Array.from({ length: 40 }, (_, at) => conversation(String(at)));
  const { say } = await show(<Conversations openId={null} />, { conversations });
  expect(rows()).toHaveLength(40);
  await say({ type: 'conversation', data: conversation('39', { unreadCount: 1, revision: 2 }) });
  expect(document.querySelector('a[aria-label="Group 39, 1 unread"]')).toBeTruthy();
  expect(renders.of('ConversationRow')).toBe(1);
  renders.start();
  for (let revision = 2; revision < 12; revision += 1)
    await say({ type: 'users', data: [user(carol.id, revision % 2 ? 'online' : 'offline', revision)] });
  expect(renders.of('ConversationRow') + renders.of('Conversations') + renders.of('Row')).toBe(0);
});

test('of 200 members one presence renders one row', async () => {
  const general = conversation('1', { kind: 'channel', title: 'general', memberIds: null });
  const { say } = await show(<MemberList conversation={general} close={nothing} />, {
    users: [...snapshot().users, ...crowd(197)],
  });
  expect(document.querySelector('h2')?.textContent).toBe('Members 200');
  expect(rows()).toHaveLength(200);
  await say({ type: 'users', data: [user('user_003', 'in_call', 2)] });
  expect(rows().filter((row) => row.textContent?.endsWith('@003 · In a call'))).toHaveLength(1);
  expect(renders.of('MemberRow')).toBe(1);
  expect(renders.of('Avatar')).toBe(1);
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'person 196' } });
  expect(rows().map((row) => within(row).getByRole('button').textContent)).toEqual([
    expect.stringContaining('Person 196'),
  ]);
});

/** Works when the part beside it is in the page for the first time. */
function AfterCommit({ work }: { work: () => void }) {
  useLayoutEffect(work, [work]);
  return null;
}

test('of 300 members the first sixty open the list, and everyone follows', async () => {
  const general = conversation('1', { kind: 'channel', title: 'general', memberIds: null });
  const counts: number[] = [];
  await show(
    <>
      <MemberList conversation={general} close={nothing} />
      <AfterCommit work={() => void counts.push(rows().length)} />
    </>,
    { users: [...snapshot().users, ...crowd(297)] },
  );
  expect(counts).toEqual([60]);
  expect(rows()).toHaveLength(300);
});
