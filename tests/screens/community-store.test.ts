import type { CallEntry, MessageView } from '@parley/call-protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { trackCollections } from '../support/left-behind';
import { messageView as message, emptyCommunity as snapshot } from '../support/message-views';

const gap = { type: 'snapshot', data: snapshot } as const;

const deleted = (seq: number, revision: number) => message(seq, { isDeleted: true, text: '', revision });

/** Every page that is asked for waits in `asked` until the test answers it. */
const asked: { url: string; answer: (page: Response | Error) => Promise<void> }[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal('fetch', (url: string) => {
    return new Promise<Response>((resolve, reject) => {
      const answer = async (page: Response | Error) => {
        if (page instanceof Error) reject(page);
        else resolve(page);
        await vi.advanceTimersByTimeAsync(0);
      };
      asked.push({ url, answer });
    });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const range = <T>(first: number, last: number, make: (index: number) => T): T[] =>
  Array.from({ length: last - first + 1 }, (_, offset) => make(first + offset));
const page = (messages: MessageView[], nextBefore: number | null = null) =>
  Response.json({ messages, nextBefore });
const next = (answer: Response | Error) => {
  const waiting = asked.shift();
  if (!waiting) throw new Error('no page was asked for');
  return waiting.answer(answer);
};
const shown = (store: CommunityStore) => store.getList('trip').messages.map((one) => one.seq);

async function openStore(...messages: MessageView[]) {
  const store = new CommunityStore(snapshot);
  store.openList('trip');
  await next(page(messages));
  return store;
}

test('a message that comes while its list is read for the first time is shown', async () => {
  const store = new CommunityStore(snapshot);
  store.openList('trip');
  store.handle({ type: 'message', data: message(2) });
  await next(page([message(1)]));
  expect(store.getList('trip').status).toBe('ready');
  expect(shown(store)).toEqual([1, 2]);
});

test('a message that comes after a list could not be read is there once it can', async () => {
  const store = new CommunityStore(snapshot);
  store.openList('trip');
  await next(new TypeError('Failed to fetch'));
  expect(store.getList('trip').status).toBe('failed');
  store.handle({ type: 'message', data: deleted(1, 9) });
  store.retryList('trip');
  await next(page([message(1)]));
  expect(store.getList('trip').messages).toEqual([deleted(1, 9)]);
});

test('words deleted while a page with them is on its way do not come back', async () => {
  const store = await openStore(message(1));
  store.handle(gap);
  store.handle({ type: 'message', data: deleted(1, 9) });
  await next(page([message(1)]));
  expect(store.getList('trip').messages).toEqual([deleted(1, 9)]);
});

test('a call that ends while a page is on its way does not turn live again', async () => {
  const live: CallEntry = {
    callId: 'call_1',
    conversationId: 'trip',
    conversationKind: 'group',
    callerId: 'bob',
    outcome: 'live',
    personIds: ['bob'],
    lengthMs: null,
    line: null,
    startedAt: 1,
  };
  const store = await openStore(message(1, { callEntry: live }));
  store.handle(gap);
  const over: CallEntry = { ...live, outcome: 'completed', lengthMs: 60_000 };
  store.handle({ type: 'message', data: message(1, { callEntry: over, revision: 9 }) });
  await next(page([message(1, { callEntry: live })]));
  expect(store.getList('trip').messages[0]?.callEntry?.outcome).toBe('completed');
});

test('an open list is right again after a gap: new messages, deletions, and no hole', async () => {
  const store = await openStore(message(1), message(2));
  store.handle(gap);
  await next(page([message(9), message(8)], 8));
  // Six pages at most are read again; between 2 and what they reach there may be others.
  for (let at = 7; at > 2; at -= 1) await next(page([message(at)], at));
  expect(asked).toEqual([]);
  expect(shown(store)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  expect(store.getList('trip').hasOlder).toBe(true);
});

test('of two readings of one list the later one counts, whichever is answered first', async () => {
  const store = await openStore(message(1));
  store.handle(gap);
  store.handle(gap);
  await asked[1]?.answer(page([message(1), deleted(2, 9)]));
  await asked[0]?.answer(page([]));
  expect(store.getList('trip').messages).toEqual([message(1), deleted(2, 9)]);
});

test('an older page that comes after a list was read anew leaves no hole', async () => {
  const store = new CommunityStore(snapshot);
  store.openList('trip');
  await next(page([message(20)], 20));
  void store.loadOlder('trip');
  store.handle(gap);
  const [older, newest] = asked.splice(0);
  await newest?.answer(page([message(99)], 21));
  for (let at = 98; asked.length > 0; at -= 1) await next(page([message(at)], at));
  await older?.answer(page([message(19)], 19));
  expect(shown(store)).toEqual([94, 95, 96, 97, 98, 99]);
  expect(store.getList('trip').older).toBe('idle');
});

test('a list that the server refuses is not asked for again, one that it puts off is after the time it says', async () => {
  const store = await openStore(message(1));
  const refusal = (code: string, status: number, headers = {}) =>
    Response.json(
      { type: 'about:blank', title: 'No', status, code, requestId: 'r' },
      { status, headers: { 'content-type': 'application/problem+json', ...headers } },
    );
  store.handle({ type: 'snapshot', data: snapshot });
  await next(refusal('rate_limited', 429, { 'retry-after': '20' }));
  await vi.advanceTimersByTimeAsync(19_999);
  expect(asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  await next(refusal('not_found', 404));
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(asked).toHaveLength(0);
});

test('a list on the screen that could not be read after a gap is read again by itself', async () => {
  const store = await openStore(message(1));
  store.handle(gap);
  await next(new TypeError('Failed to fetch'));
  expect(shown(store)).toEqual([1]);
  await vi.advanceTimersByTimeAsync(3000);
  await next(page([message(1), message(2)]));
  expect(shown(store)).toEqual([1, 2]);
});

test('a message that was not sent outlives a gap while its conversation is closed', async () => {
  const store = new CommunityStore(snapshot);
  const close = store.openList('trip');
  await next(page([]));
  const sending = store.send('trip', 'hello', 'client-id-1');
  await next(new TypeError('Failed to fetch'));
  await sending;
  close();
  store.handle(gap);
  expect(store.getList('trip').pending).toEqual([
    expect.objectContaining({ text: 'hello', hasFailed: true }),
  ]);
});

test('thousands of conversations, opened and closed, leave as much behind as a few dozen', async () => {
  const collections = trackCollections();
  const store = new CommunityStore(snapshot);
  /** One conversation is opened and closed, and continues without this person; a user leaves the community. */
  const visit = async (index: number) => {
    const conversationId = `conv_${index}`;
    const close = store.openList(conversationId);
    await next(page([message(1, { conversationId })]));
    close();
    store.handle({ type: 'message', data: message(2, { id: `late_${index}`, conversationId }) });
    store.handle({ type: 'users', data: [{ id: `user_${index}`, revision: index, gone: true }] });
  };
  const visitAll = async (from: number, to: number) => {
    for (let index = from; index <= to; index += 1) await visit(index);
    const held = range(1, to, (index) => store.getList(`conv_${index}`).messages.length);
    return { messages: held.reduce((sum, length) => sum + length, 0), entries: await collections.entries() };
  };
  const few = await visitAll(1, 250);
  expect(few.messages).toBe(20 * 2);
  const many = await visitAll(251, 2250);
  expect(many.messages).toBe(few.messages);
  expect(many.entries - few.entries).toBeLessThan(20);
});

test('a closed conversation keeps its newest hundred messages, however far back it was read and however it goes on', async () => {
  const store = new CommunityStore(snapshot);
  const close = store.openList('trip');
  await next(page(range(951, 1000, message), 951));
  for (const first of [901, 851]) {
    void store.loadOlder('trip');
    await next(page(range(first, first + 49, message), first));
  }
  expect(shown(store)).toEqual(range(851, 1000, (seq) => seq));
  close();
  expect(shown(store)).toEqual(range(901, 1000, (seq) => seq));
  store.handle({ type: 'message', data: message(1001) });
  expect(shown(store)).toEqual(range(902, 1001, (seq) => seq));
  expect(store.getList('trip').hasOlder).toBe(true);
});

test('an open conversation holds its newest messages when it has grown long, and what lies before is read again', async () => {
  const store = new CommunityStore(snapshot);
  store.openList('trip');
  await next(page(range(1, 50, message)));
  for (const view of range(51, 500, message)) store.handle({ type: 'message', data: view });
  store.forgetOldest('trip');
  expect(store.getList('trip').messages).toHaveLength(500);
  store.handle({ type: 'message', data: message(501) });
  store.forgetOldest('trip');
  const list = store.getList('trip');
  expect([list.messages[0]?.seq, list.messages.at(-1)?.seq, list.hasOlder]).toEqual([302, 501, true]);
  void store.loadOlder('trip');
  await next(page(range(252, 301, message), 252));
  expect(store.getList('trip').messages[0]?.seq).toBe(252);
});

const newer = (messages: MessageView[], nextAfter: number | null = null) =>
  Response.json({ messages, nextAfter });

/** An open list of a thousand messages, read back so far that the newest fifty have gone. */
async function readFarUp() {
  const store = new CommunityStore(snapshot);
  store.openList('trip');
  await next(page(range(951, 1000, message), 951));
  for (let first = 901; first >= 451; first -= 50) {
    void store.loadOlder('trip');
    await next(page(range(first, first + 49, message), first));
  }
  return store;
}

test('a list holds at most 500 messages: far up the newest go, and come again on scrolling down', async () => {
  const store = await readFarUp();
  expect(shown(store)).toEqual(range(451, 950, (seq) => seq));
  expect(store.getList('trip')).toMatchObject({ hasOlder: true, hasNewer: true });
  void store.loadNewer('trip');
  expect(asked[0]?.url).toContain('after=950');
  await next(newer(range(951, 1000, message).reverse()));
  expect(shown(store)).toEqual(range(501, 1000, (seq) => seq));
  expect(store.getList('trip')).toMatchObject({ hasOlder: true, hasNewer: false, newer: 'idle' });
});

test('a message that arrives while the reader is far up waits, also while the page before it is loading', async () => {
  const store = await readFarUp();
  store.handle({ type: 'message', data: message(1001) });
  store.handle({ type: 'message', data: deleted(460, 2000) });
  expect(shown(store)).toEqual(range(451, 950, (seq) => seq));
  expect(store.getList('trip').messages[9]?.isDeleted).toBe(true);
  void store.loadNewer('trip');
  store.handle({ type: 'message', data: message(1002) });
  await next(newer(range(951, 1001, message).reverse()));
  expect(shown(store).at(-1)).toBe(1001);
  expect(store.getList('trip').hasNewer).toBe(true);
  void store.loadNewer('trip');
  await next(newer([message(1002)]));
  expect(shown(store).at(-1)).toBe(1002);
  expect(store.getList('trip').hasNewer).toBe(false);
});

test('newer messages that did not load can be loaded again', async () => {
  const store = await readFarUp();
  void store.loadNewer('trip');
  await next(new TypeError('Failed to fetch'));
  expect(store.getList('trip').newer).toBe('failed');
  void store.loadNewer('trip');
  await next(newer(range(951, 1000, message).reverse()));
  expect(store.getList('trip')).toMatchObject({ newer: 'idle', hasNewer: false });
});

test('sending from far up loads the newest messages, with the sent one after them', async () => {
  const store = await readFarUp();
  void store.send('trip', 'Here I am', 'mine');
  expect(store.getList('trip')).toMatchObject({
    messages: [],
    hasNewer: false,
    pending: [{ text: 'Here I am' }],
  });
  const [reading, sending] = asked.splice(0, 2);
  if (!reading || !sending) throw new Error('the newest page is read and the message is sent');
  await reading.answer(page(range(952, 1001, message), 952));
  await sending.answer(Response.json(message(1002, { authorId: 'alice', clientMessageId: 'mine' })));
  expect(shown(store)).toEqual(range(952, 1002, (seq) => seq));
  expect(store.getList('trip').pending).toEqual([]);
});

test('a gap is closed where the reader is, without a jump to the newest messages', async () => {
  const store = await readFarUp();
  store.handle(gap);
  expect(asked[0]?.url).toContain('before=951');
  await next(page(range(901, 950, message)));
  expect(store.getList('trip').hasNewer).toBe(true);
  expect(shown(store).at(-1)).toBe(950);
});

test('a list that is closed far up begins with its newest messages when it is opened again', async () => {
  const store = new CommunityStore(snapshot);
  const close = store.openList('trip');
  await next(page(range(951, 1000, message), 951));
  for (let first = 901; first >= 451; first -= 50) {
    void store.loadOlder('trip');
    await next(page(range(first, first + 49, message), first));
  }
  close();
  store.openList('trip');
  expect(asked[0]?.url).not.toContain('before');
  await next(page(range(951, 1000, message), 951));
  expect(shown(store)).toEqual(range(951, 1000, (seq) => seq));
});

test('a list that is on the screen twice keeps what both read', async () => {
  const store = await openStore();
  store.openList('trip');
  await next(page(range(951, 1000, message), 951));
  for (let first = 901; first >= 451; first -= 50) {
    void store.loadOlder('trip');
    await next(page(range(first, first + 49, message), first));
  }
  store.forgetOldest('trip');
  expect(shown(store)).toEqual(range(451, 1000, (seq) => seq));
});

test('a message that is not sent yet outlives its conversation’s list', async () => {
  const store = new CommunityStore(snapshot);
  const close = store.openList('trip');
  await next(page([message(1)]));
  void store.send('trip', 'Are you there?', 'mine');
  await next(new TypeError('Failed to fetch'));
  close();
  for (let index = 0; index < 30; index += 1) {
    const closeOther = store.openList(`conv_${index}`);
    await next(page([message(1, { conversationId: `conv_${index}` })]));
    closeOther();
  }
  expect(store.getList('trip')).toMatchObject({ messages: [], pending: [{ text: 'Are you there?' }] });
});
