import type { MessageView } from '@parley/call-protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reasonText } from '@/app/_language/api-error';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { KeptWriting } from '@/app/(community)/_store/kept-writing';
import { alice, bob, snapshot } from '../call-ui/support/views';
import { t } from '../support/english';

type Request = { id: string; answer: (response: Response | Error) => Promise<void> };
const sending: Request[] = [];
let close: (() => void)[] = [];
beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 2, 9, 12) });
  localStorage.clear();
  sending.length = 0;
  vi.stubGlobal('fetch', (_url: string, init: { body: string }) => {
    return new Promise<Response>((resolve, reject) => {
      const answer = async (response: Response | Error) => {
        if (response instanceof Error) reject(response);
        else resolve(response);
        await vi.advanceTimersByTimeAsync(0);
      };
      sending.push({ id: JSON.parse(init.body).clientMessageId, answer });
    });
  });
});
afterEach(() => {
  for (const one of close) one();
  close = [];
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const offline = new TypeError('Failed to fetch');
/** A page of this browser: everything but `localStorage` is new. */
function openPage(change = {}) {
  const store = new CommunityStore(snapshot([], change));
  close.push(store.restoreWriting());
  return store;
}
const pending = (store: CommunityStore) =>
  store.getList('conv_1').pending.map(({ text, hasFailed }) => ({ text, hasFailed }));
const sent = (clientMessageId: string): MessageView => ({
  id: 'msg_1',
  conversationId: 'conv_1',
  authorId: alice.id,
  seq: 1,
  clientMessageId,
  text: 'hello',
  isDeleted: false,
  sentAt: 1,
  callEntry: null,
  revision: 1,
});
const next = () => {
  const request = sending.shift();
  if (!request) throw new Error('nothing was sent');
  return request;
};
/** The event that a browser dispatches in the other tabs when one of them writes or removes an entry. */
const sendStorageEvent = (key: string) =>
  dispatchEvent(new StorageEvent('storage', { key, newValue: localStorage.getItem(key) }));
const keys = () => Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '');

test('a draft outlives a reload, and is deleted once it is emptied', () => {
  openPage().writing.keepDraft('conv_1', 'half a thought');
  expect(openPage().writing.readDraft('conv_1')).toBe('half a thought');
  expect(openPage().writing.readDraft('conv_2')).toBe('');
  openPage().writing.keepDraft('conv_1', '');
  expect(openPage().writing.readDraft('conv_1')).toBe('');
  expect(keys()).toEqual([]);
});

test('a message that failed outlives a reload with its reason, and is sent again under the same id', async () => {
  void openPage().send('conv_1', 'hello');
  const first = next();
  await first.answer(offline);
  await vi.advanceTimersByTimeAsync(3_600_000);

  const store = openPage();
  expect(pending(store)).toEqual([{ text: 'hello', hasFailed: true }]);
  const [failed] = store.getList('conv_1').pending;
  expect(reasonText(t, failed?.reason ?? '')).toBe('The server can’t be reached. Check your connection.');
  expect(sending).toEqual([]);

  void store.send('conv_1', 'hello', failed?.clientMessageId);
  const again = next();
  expect(again.id).toBe(first.id);
  await again.answer(Response.json(sent(first.id)));
  expect(pending(store)).toEqual([]);
  expect(pending(openPage())).toEqual([]);
  expect(keys()).toEqual([]);
});

test('a reload while a message is on its way sends it once more by itself, under the same id', async () => {
  void openPage().send('conv_1', 'hello');
  const first = next();
  const store = openPage();
  expect(pending(store)).toEqual([{ text: 'hello', hasFailed: false }]);
  const again = next();
  expect(again.id).toBe(first.id);
  await again.answer(Response.json(sent(first.id)));
  expect(pending(store)).toEqual([]);
  expect(keys()).toEqual([]);
});

test('a message whose sending was cut short long ago waits for its author', async () => {
  void openPage().send('conv_1', 'see you in five minutes');
  sending.length = 0;
  await vi.advanceTimersByTimeAsync(61_000);
  const store = openPage();
  expect(pending(store)).toEqual([{ text: 'see you in five minutes', hasFailed: true }]);
  expect(reasonText(t, store.getList('conv_1').pending[0]?.reason ?? '')).toBe(
    'The page was closed before it was sent.',
  );
  expect(sending).toEqual([]);
  store.discard('conv_1', store.getList('conv_1').pending[0]?.clientMessageId ?? '');
  expect(keys()).toEqual([]);
});

test('a message that the stream confirms while its request fails is sent', async () => {
  const store = openPage();
  void store.send('conv_1', 'hello');
  const request = next();
  store.handle({ type: 'message', data: sent(request.id) });
  await request.answer(offline);
  expect(pending(store)).toEqual([]);
  expect(keys()).toEqual([]);
});

test('a message to a conversation that is no longer there is dropped', async () => {
  void openPage().send('conv_1', 'hello');
  await next().answer(offline);
  openPage({ conversations: [] });
  expect(keys()).toEqual([]);
});

test('two tabs show the same draft, and what one of them could not send, deleted or tried again', async () => {
  const [here, there] = [openPage(), openPage()];
  const changes = vi.fn();
  there.writing.subscribe(changes);
  expect(there.writing.readDraft('conv_1')).toBe('');
  here.writing.keepDraft('conv_1', 'typed here');
  for (const key of keys()) sendStorageEvent(key);
  expect(there.writing.readDraft('conv_1')).toBe('typed here');
  expect(changes).toHaveBeenCalled();
  here.writing.keepDraft('conv_1', '');

  void here.send('conv_1', 'hello');
  const request = next();
  const [key = ''] = keys();
  sendStorageEvent(key);
  expect(pending(there)).toEqual([]);
  await request.answer(offline);
  sendStorageEvent(key);
  expect(pending(there)).toEqual([{ text: 'hello', hasFailed: true }]);
  here.discard('conv_1', request.id);
  sendStorageEvent(key);
  expect(pending(there)).toEqual([]);
});

test('signing out removes all drafts and unsent messages, also those that fail afterwards', async () => {
  new KeptWriting(bob.id).keepDraft('conv_9', 'of an earlier person');
  const store = openPage();
  expect(keys(), 'another person signed in here').toEqual([]);
  store.writing.keepDraft('conv_1', 'half a thought');
  void store.send('conv_1', 'hello');
  store.handle({ type: 'signed-out', data: {} });
  await next().answer(offline);
  expect(keys()).toEqual([]);
});

test('what is kept has bounds: 50 of a kind, 30 days, and no draft of book length', async () => {
  const { writing } = openPage();
  for (let at = 0; at < 60; at += 1) {
    await vi.advanceTimersByTimeAsync(1000);
    writing.keepDraft(`conv_${at}`, `draft ${at}`);
  }
  expect(keys()).toHaveLength(50);
  expect(new KeptWriting(alice.id).readDraft('conv_9')).toBe('');
  expect(new KeptWriting(alice.id).readDraft('conv_10')).toBe('draft 10');
  writing.keepDraft('conv_59', 'x'.repeat(40_001));
  expect(writing.readDraft('conv_59')).toHaveLength(40_001);
  expect(new KeptWriting(alice.id).readDraft('conv_59')).toBe('');
  await vi.advanceTimersByTimeAsync(30 * 24 * 3_600_000);
  openPage();
  expect(keys()).toEqual([]);
});

test('where the browser keeps nothing, or what it kept is broken, writing works as long as the page', async () => {
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  const store = openPage();
  store.writing.keepDraft('conv_1', 'half a thought');
  expect(store.writing.readDraft('conv_1')).toBe('half a thought');
  void store.send('conv_1', 'hello');
  await next().answer(offline);
  expect(pending(store)).toEqual([{ text: 'hello', hasFailed: true }]);
  vi.restoreAllMocks();
  localStorage.setItem(`parley-writing:${alice.id}:unsent:abcdefgh`, '{"text":');
  localStorage.setItem(`parley-writing:${alice.id}:draft:conv_1`, '{}');
  expect(openPage().writing.readDraft('conv_1')).toBe('');
  expect(keys()).toEqual([]);
});
