import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import CallBackNotice from '@/app/(community)/_shell/call-back-notice';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { alice, bob, snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';

const minute = 60_000;
const inTenMinutes = 10 * minute;
const words = 'Time to call Bob back';
let shown: Map<string, () => void>;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  vi.spyOn(window, 'focus').mockImplementation(() => {});
  localStorage.clear();
  shown = new Map();
  class Shown {
    static readonly permission = 'granted';
    onclick: (() => void) | null = null;
    constructor(private readonly title: string) {
      shown.set(title, () => this.onclick?.());
    }
    close() {
      shown.delete(this.title);
    }
  }
  vi.stubGlobal('Notification', Shown);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

type Options = { promiserId?: string; dueAt?: number; openId?: string | null };

/** A page of Alice in which she promised to call Bob back. */
async function page({
  promiserId = alice.id,
  dueAt = 1_000_000 + inTenMinutes,
  openId = null,
}: Options = {}) {
  const [conversation] = snapshot().conversations;
  if (!conversation) throw new Error('the snapshot has one conversation');
  const callBack = { userId: promiserId, dueAt };
  const store = new CommunityStore(snapshot([], { conversations: [{ ...conversation, callBack }] }));
  const open = vi.fn();
  const kit = renderKitInEnglish(
    <CommunityStoreProvider store={store}>
      <CallBackNotice openId={openId} open={open} />
    </CommunityStoreProvider>,
  );
  await kit.say({ type: 'snapshot', data: snapshot() });
  const drop = (revision = 2) =>
    act(async () =>
      store.handle({ type: 'conversation', data: { ...conversation, callBack: null, revision } }),
    );
  return { ...kit, open, drop };
}
const notice = () => screen.queryByRole('alert')?.querySelector('span')?.textContent ?? null;
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const focusWindow = (hasFocus: boolean) =>
  act(async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(hasFocus);
    dispatchEvent(new Event(hasFocus ? 'focus' : 'blur'));
  });

test('a promised call is said when it is due, and called with one press', async () => {
  const kit = await page();
  await pass(inTenMinutes - 1);
  expect(notice()).toBeNull();
  await pass(1);
  expect(notice()).toBe(words);
  expect(shown.size).toBe(0);
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  expect(kit.take('start').args[0]).toMatchObject({ conversationId: 'conv_1' });
  // The call that goes on comes first, and removes the promise on the server.
  expect(notice()).toBeNull();
});

test('a promise that came due while the page was closed is said at once, and goes when either person drops it', async () => {
  const { drop } = await page({ dueAt: 1_000_000 - minute });
  expect(notice()).toBe(words);
  await drop();
  expect(notice()).toBeNull();
});

test('a notice that was put away stays away in every tab, until the next promise', async () => {
  const due = { dueAt: 1_000_000 - minute };
  await page(due);
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(notice()).toBeNull();
  cleanup();
  await page(due);
  expect(notice()).toBeNull();
  cleanup();
  await page({ dueAt: 1_000_000 });
  expect(notice()).toBe(words);
  // Another tab of this browser.
  await act(async () => {
    const kept = JSON.stringify({ conv_1: 1_000_000 });
    localStorage.setItem('parley-call-backs-put-away', kept);
    dispatchEvent(new StorageEvent('storage', { key: 'parley-call-backs-put-away', newValue: kept }));
  });
  expect(notice()).toBeNull();
});

test('a person who is elsewhere gets a system notification, which opens the conversation', async () => {
  const { open } = await page();
  await focusWindow(false);
  await pass(inTenMinutes);
  expect([...shown.keys()]).toEqual([words]);
  expect(notice()).toBeNull();
  shown.get(words)?.();
  expect(open).toHaveBeenCalledWith('conv_1');
  await focusWindow(true);
  expect([notice(), shown.size]).toEqual([words, 0]);
});

test('a person who was promised a call gets no notice, and the open conversation’s line is not said twice', async () => {
  await page({ promiserId: bob.id, dueAt: 1_000_000 - minute });
  expect(notice()).toBeNull();
  cleanup();
  await page({ dueAt: 1_000_000 - minute, openId: 'conv_1' });
  expect(notice()).toBeNull();
});
