import type { ConversationView, MessageView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProfileProvider } from '@/app/(community)/_people/profile';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { MessageLog } from '@/app/(community)/messages/message-log';
import { alice, bob, snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';
import { messageView } from '../support/message-views';
import { stubLayout } from '../support/no-layout';

const message = (seq: number, over: Partial<MessageView> = {}): MessageView =>
  messageView(seq, {
    conversationId: 'conv_1',
    authorId: bob.id,
    sentAt: new Date(2026, 2, 9, 12, 0).getTime() + seq * 1000,
    ...over,
  });

let answer: (response: Response | Error) => Promise<void>;
const asked: string[] = [];
const nothing = () => {};
beforeEach(() => {
  asked.length = 0;
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  stubLayout();
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return new Promise<Response>((resolve, reject) => {
      answer = (response) =>
        act(async () => (response instanceof Error ? reject(response) : resolve(response)));
    });
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const page = (...messages: MessageView[]) => Response.json({ messages, nextBefore: null });

/** The open conversation with Bob, as Alice sees it. */
function open(change: Partial<ConversationView> = {}) {
  const [direct] = snapshot().conversations;
  if (!direct) throw new Error('the snapshot has one conversation');
  const conversation = { ...direct, ...change };
  const store = new CommunityStore(snapshot([], { conversations: [conversation] }));
  renderKitInEnglish(
    <CommunityStoreProvider store={store}>
      <ProfileProvider>
        <MessageLog conversation={conversation} />
      </ProfileProvider>
    </CommunityStoreProvider>,
  );
  return store;
}

test('an empty conversation says what it is for', async () => {
  open();
  expect(screen.getByRole('status', { name: 'Loading messages' })).toBeTruthy();
  await answer(page());
  expect(screen.getByText('Say hello to Bob')).toBeTruthy();
  expect(screen.getByText('Messages and calls with Bob show up here.')).toBeTruthy();
});

test('messages that did not load say so, and can be tried again', async () => {
  open();
  await answer(new TypeError('Failed to fetch'));
  expect(screen.getByText('Messages didn’t load')).toBeTruthy();
  expect(screen.getByText('Check your connection.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await answer(page(message(1)));
  expect(screen.getByText('words 1')).toBeTruthy();
});

test('nothing is shown or counted as read before the first page is there', async () => {
  const store = open();
  await act(async () => store.handle({ type: 'message', data: message(2) }));
  expect(screen.queryByText('words 2')).toBeNull();
  expect(asked.filter((url) => url.endsWith('/read'))).toEqual([]);
  await answer(page(message(1)));
  expect(screen.getByText('words 1')).toBeTruthy();
  expect(screen.getByText('words 2')).toBeTruthy();
});

test('a line marks where the unread messages begin', async () => {
  open({ unreadCount: 1, lastReadSeq: 1 });
  await answer(page(message(2), message(1)));
  const lines = screen.getAllByRole('listitem').map((line) => line.textContent ?? '');
  expect(lines.indexOf('New')).toBe(lines.findIndex((line) => line.includes('words 2')) - 1);
});

test('a profile opens from the picture in a message, and from the name', async () => {
  open();
  await answer(page(message(1, { authorId: alice.id })));
  const [row] = screen.getAllByRole('listitem').filter((line) => line.textContent?.includes('words 1'));
  const picture = row?.querySelector('button[aria-hidden]');
  if (!row || !picture) throw new Error('a message begins with a picture');
  fireEvent.click(picture);
  expect(await screen.findByRole('dialog', { name: 'Alice' })).toBeTruthy();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
  expect(screen.queryByRole('dialog')).toBeNull();
  fireEvent.click(within(row).getByRole('button', { name: 'Alice' }));
  expect(screen.getByRole('dialog', { name: 'Alice' })).toBeTruthy();
});

test('a person who was removed is a name, not a button without effect', async () => {
  open();
  await answer(page(message(1, { authorId: 'user_gone' })));
  expect(screen.getByText('Someone')).toBeTruthy();
  expect(screen.queryByRole('button', { hidden: true })).toBeNull();
});

test('a message that comes before the first page leaves the list able to scroll', async () => {
  const watched: Element[] = [];
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = (element: Element) => void watched.push(element);
      disconnect = nothing;
    },
  );
  const store = open();
  await act(async () => store.handle({ type: 'message', data: message(2) }));
  expect(watched).toEqual([]);
  await answer(page(message(1)));
  expect(watched).toContain(screen.getByRole('log', { name: 'Messages' }));
});

test('a reader 500 messages further up returns to the newest with one press', async () => {
  const store = open();
  const range = (first: number) => Array.from({ length: 50 }, (_, at) => message(first + at));
  const older = (first: number) => Response.json({ messages: range(first).reverse(), nextBefore: first });
  await answer(older(951));
  const log = screen.getByRole('log', { name: 'Messages' });
  Object.assign(log, { scrollTo: nothing });
  vi.spyOn(log, 'scrollHeight', 'get').mockReturnValue(2000);
  fireEvent.scroll(log);
  for (let first = 901; first >= 451; first -= 50) {
    await act(async () => void store.loadOlder('conv_1'));
    await answer(older(first));
  }
  expect(screen.getByText('words 451')).toBeTruthy();
  expect(screen.queryByText('words 1000')).toBeNull();
  expect(within(log).getAllByText(/^words /)).toHaveLength(500);
  // Nothing at the end of what is loaded counts as read, and scrolling there loads what follows.
  asked.length = 0;
  vi.spyOn(log, 'scrollHeight', 'get').mockReturnValue(0);
  fireEvent.scroll(log);
  expect(asked).toEqual([expect.stringContaining('after=950')]);
  await answer(new TypeError('Failed to fetch'));
  expect(screen.getByRole('button', { name: 'Newer messages didn’t load. Try again' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Newest messages' }));
  await answer(older(951));
  expect(screen.getByText('words 1000')).toBeTruthy();
  expect(screen.queryByText('words 950')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Newest messages' })).toBeNull();
});

test('what one writes while the list did not load is shown, with the way to load it', async () => {
  const store = open();
  await answer(new TypeError('Failed to fetch'));
  await act(async () => void store.send('conv_1', 'Are you there?'));
  await answer(new TypeError('Failed to fetch'));
  expect(screen.getByText('Are you there?')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Delete' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Messages didn’t load. Try again' }));
  await answer(page(message(1)));
  expect(screen.getByText('words 1')).toBeTruthy();
  expect(screen.getByText('Are you there?')).toBeTruthy();
});

test('the read marker is sent again when it could not be sent', async () => {
  vi.useFakeTimers();
  try {
    open({ unreadCount: 1, lastReadSeq: 0 });
    await answer(page(message(1)));
    const reports = () => asked.filter((url) => url.endsWith('/read')).length;
    expect(reports()).toBe(1);
    await answer(new TypeError('Failed to fetch'));
    expect(reports()).toBe(1);
    await act(async () => void (await vi.advanceTimersByTimeAsync(5000)));
    expect(reports()).toBe(2);
    await answer(Response.json({}));
    await act(async () => void (await vi.advanceTimersByTimeAsync(60_000)));
    expect(reports()).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});

test('what comes while another window has the keyboard is unread until the person is back', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  open({ unreadCount: 1, lastReadSeq: 0 });
  await answer(page(message(1)));
  const reports = () => asked.filter((url) => url.endsWith('/read')).length;
  expect(document.visibilityState).toBe('visible');
  expect(reports()).toBe(0);
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  await act(async () => void window.dispatchEvent(new Event('focus')));
  expect(reports()).toBe(1);
});
