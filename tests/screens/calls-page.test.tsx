import type { CallEntry } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import CallsPage from '@/app/(community)/calls/page';
import { activeView, alice, bob, snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';

/** Sixty calls, newest first, each of a length of its own so that none is folded into another. */
const entries = Array.from({ length: 60 }, (_, index): CallEntry => {
  const outcome = index % 2 === 0 ? ('completed' as const) : ('missed' as const);
  const base = { callId: `call_${index}`, conversationId: 'conv_1', conversationKind: 'direct' as const };
  const more = { callerId: bob.id, personIds: [bob.id], lengthMs: (index + 1) * 60_000, line: null };
  return { ...base, ...more, outcome, startedAt: Date.UTC(2026, 2, 9, 12) - index * 60_000 };
});
const pageSize = 30;

type Asked = { url: string; answer: (response: Response | Error) => Promise<void> };
let asked: Asked[] = [];
const nothing = () => {};

beforeEach(() => {
  asked = [];
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: nothing,
    removeEventListener: nothing,
  }));
  vi.stubGlobal('fetch', (url: string) => {
    return new Promise<Response>((resolve, reject) => {
      const answer = (response: Response | Error) =>
        act(async () => (response instanceof Error ? reject(response) : resolve(response)));
      asked.push({ url, answer });
    });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Responds to the oldest request with a page of the sixty, as the server does. */
async function answerPage() {
  const next = asked.shift();
  if (!next) throw new Error('nothing was asked');
  const before = Number(new URL(next.url, 'http://parley').searchParams.get('before') ?? 0);
  const page = entries.slice(before, before + pageSize);
  const nextBefore = before + pageSize < entries.length ? before + pageSize : null;
  await next.answer(Response.json({ entries: page, nextBefore }));
}
const fail = () => asked.shift()?.answer(new TypeError('no network'));

function open() {
  const store = new CommunityStore(snapshot());
  return renderKitInEnglish(
    <CommunityStoreProvider store={store}>
      <CallsPage />
    </CommunityStoreProvider>,
  );
}
const lines = () => screen.queryAllByRole('listitem').length;
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const isBusy = (name: string) => screen.getByRole('button', { name }).getAttribute('aria-busy') === 'true';

test('sixty calls come in pages, and the button is busy while the older ones come', async () => {
  open();
  expect(screen.getByRole('status', { name: 'Loading calls' })).toBeTruthy();
  await answerPage();
  expect(lines()).toBe(30);
  press('Show older calls');
  expect(isBusy('Show older calls')).toBe(true);
  press('Show older calls');
  expect(asked).toHaveLength(1);
  await answerPage();
  expect(lines()).toBe(60);
  expect(screen.queryByRole('button', { name: 'Show older calls' })).toBeNull();
});

test('without calls it says so, and so does Missed', async () => {
  open();
  const none = () => asked.shift()?.answer(Response.json({ entries: [], nextBefore: null }));
  await none();
  expect(screen.getByText('No calls yet')).toBeTruthy();
  press('Missed');
  await none();
  expect(screen.getByText('No missed calls')).toBeTruthy();
});

test('a page that fails leaves what is there, and Try again brings that page', async () => {
  open();
  await answerPage();
  press('Show older calls');
  await fail();
  expect(lines()).toBe(30);
  expect(screen.getByText('Calls didn’t load')).toBeTruthy();
  press('Try again');
  expect(isBusy('Try again')).toBe(true);
  await fail();
  expect(isBusy('Try again')).toBe(false);
  expect(lines()).toBe(30);
  press('Try again');
  await answerPage();
  expect(lines()).toBe(60);
  expect(screen.queryByText('Calls didn’t load')).toBeNull();
});

test('a first page that fails can be tried again', async () => {
  open();
  await fail();
  expect(lines()).toBe(0);
  press('Try again');
  await answerPage();
  expect(lines()).toBe(30);
});

test('a call that begins reads the newest page again, and the older ones stay', async () => {
  const kit = open();
  await kit.say({ type: 'snapshot', data: snapshot() });
  await answerPage();
  press('Show older calls');
  await answerPage();
  await kit.receiveCall(activeView({ holderClientId: 'phone', viewerId: alice.id }));
  expect(asked).toHaveLength(1);
  await answerPage();
  expect(screen.getAllByRole('listitem').length).toBe(61);
});
