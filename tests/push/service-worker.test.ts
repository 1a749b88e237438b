import { expect, test } from 'vitest';
import { catalogues } from '@/languages/catalogues';
import { firefox, startWorker } from '../support/worker-scope';

const ring = { v: 1, kind: 'ring', about: 'call_1', ringId: 'ring_1', expiresAt: Date.UTC(2100, 0, 1) };
const withdrawal = { ...ring, kind: 'withdrawal' };
const ringing = {
  state: 'ringing',
  callId: 'call_1',
  ringId: 'ring_1',
  conversationId: 'conv_1',
  pass: 'secret',
  title: 'Alice is calling',
  body: '',
  icon: '/icon-192.png',
  accept: 'Accept',
  decline: 'Decline',
  language: 'en',
  direction: 'ltr',
};
const ended = (state: string, title: string) => ({ ...ringing, state, title, pass: null });
/** Answers about the ring; everything else succeeds. */
const saying = (words: () => object | number | null) => (address: string) =>
  address.startsWith('/api/push/rings/') ? words() : {};

test('a ring is shown with Accept and Decline, and confirmed once it shows, not before', async () => {
  let shownAtConfirm = -1;
  const worker = startWorker((address) => {
    if (address.endsWith('/ringing')) shownAtConfirm = worker.shown.length;
    return address.startsWith('/api/push/') ? ringing : {};
  });
  await worker.push(ring);
  expect(worker.shown).toMatchObject([
    {
      title: 'Alice is calling',
      tag: 'call_1',
      requireInteraction: true,
      actions: [
        { action: 'accept', title: 'Accept' },
        { action: 'decline', title: 'Decline' },
      ],
    },
  ]);
  expect(worker.requests).toEqual([
    { address: '/api/push/rings/ring_1', method: 'GET', body: null },
    { address: '/api/calls/call_1/ringing', method: 'POST', body: {} },
  ]);
  expect(shownAtConfirm).toBe(1);
});

test('pages that are open behind other windows learn that a ring shows, and show none of their own', async () => {
  const worker = startWorker(saying(() => ringing));
  worker.addWindow({ focused: false, visibilityState: 'hidden' });
  await worker.push(ring);
  expect(worker.posted).toEqual([{ type: 'parley-shown', about: 'call_1' }]);
});

test('while a window is in front nothing is shown or confirmed, and what shows is closed', async () => {
  const worker = startWorker(saying(() => ringing));
  worker.addWindow({ focused: false, visibilityState: 'visible' });
  await worker.push(ring);
  expect(worker.shown).toHaveLength(1);
  worker.addWindow({ focused: true, visibilityState: 'visible' });
  await worker.push(ring);
  expect(worker.shown).toEqual([]);
  expect(worker.requests.filter(({ address }) => address.endsWith('/ringing'))).toHaveLength(1);
});

test('a ring that was answered elsewhere becomes a quiet line where one must show, and nothing in Firefox', async () => {
  let words: object = ringing;
  for (const [userAgent, left] of [
    [undefined, [{ title: 'Answered on another device', silent: true }]],
    [firefox, []],
  ] as const) {
    words = ringing;
    const worker = startWorker(
      saying(() => words),
      userAgent ? { userAgent } : {},
    );
    await worker.push(ring);
    words = ended('answered', 'Answered on another device');
    await worker.push(withdrawal);
    expect(worker.shown).toMatchObject(left);
    expect(worker.shown).toHaveLength(left.length);
    expect(worker.shown.every((one) => one.actions === undefined)).toBe(true);
  }
});

test('a missed call stays as a quiet line, and leads to the conversation', async () => {
  const worker = startWorker(
    saying(() => ended('missed', 'Missed call from Alice')),
    { userAgent: firefox },
  );
  await worker.push(withdrawal);
  expect(worker.shown).toMatchObject([{ title: 'Missed call from Alice', silent: true, tag: 'call_1' }]);
  await worker.click('call_1');
  expect(worker.opened).toEqual(['/messages/conv_1']);
  expect(await worker.ask()).toBeNull();
});

test('where the call was answered in this very browser nothing is said', async () => {
  const worker = startWorker(saying(() => ended('answered_here', 'x')));
  await worker.push(withdrawal);
  expect(worker.shown).toEqual([]);
});

test('a push for a ring that has ended meanwhile shows the end, never the ring', async () => {
  const worker = startWorker(saying(() => ended('missed', 'Missed call from Alice')));
  await worker.push(ring);
  expect(worker.shown).toMatchObject([{ title: 'Missed call from Alice', silent: true }]);
  expect(worker.requests).toHaveLength(1);
});

test('an end that overtakes its ring is shown last', async () => {
  let words: object = ringing;
  const worker = startWorker(saying(() => words));
  const first = worker.push(ring);
  words = ended('missed', 'Missed call from Alice');
  await Promise.all([worker.push(withdrawal), first]);
  expect(worker.shown).toMatchObject([{ title: 'Missed call from Alice' }]);
});

test('a sign-in that has ended shows nothing and unsubscribes', async () => {
  const worker = startWorker(saying(() => 401));
  await worker.push(ring);
  expect(worker.shown).toEqual([]);
  expect(worker.isSubscribed()).toBe(false);
});

test('a ring of another person shows nothing', async () => {
  const worker = startWorker(saying(() => 404));
  await worker.push(ring);
  expect(worker.shown).toEqual([]);
  expect(worker.isSubscribed()).toBe(true);
});

test.each([[null], [500], [429]])(
  'where Parley answers %s one general line is shown, in the reader’s language',
  async (answer) => {
    const worker = startWorker(saying(() => answer));
    await worker.push(ring);
    expect(worker.shown).toMatchObject([{ title: catalogues.en.push.someoneCalls, silent: false }]);
    expect(worker.shown[0]?.actions).toBeUndefined();
    const { someoneCalls, callEnded } = catalogues.de.push;
    await worker.message({ type: 'parley-words', fallback: { ring: someoneCalls, withdrawal: callEnded } });
    await worker.push(ring);
    expect(worker.shown).toMatchObject([{ title: 'Eingehender Anruf' }]);
    await worker.push(withdrawal);
    expect(worker.shown).toMatchObject([{ title: 'Ein Anruf ist beendet', silent: true }]);
  },
);

test('a ring whose time has passed is no ring, also when Parley can’t be asked', async () => {
  const worker = startWorker(
    saying(() => null),
    { userAgent: firefox },
  );
  await worker.push({ ...ring, expiresAt: 1 });
  expect(worker.shown).toEqual([]);
});

test('Decline declines this ring without opening anything', async () => {
  const worker = startWorker(saying(() => ringing));
  await worker.push(ring);
  await worker.click('call_1', 'decline');
  expect(worker.requests.at(-1)).toEqual({
    address: '/api/calls/call_1/decline',
    method: 'POST',
    body: { ringId: 'ring_1' },
  });
  expect(worker.opened).toEqual([]);
  expect(worker.shown).toEqual([]);
});

test('what was declined in this notification is not said to have been declined elsewhere', async () => {
  let words: object = ringing;
  const worker = startWorker(saying(() => words));
  await worker.push(ring);
  await worker.click('call_1', 'decline');
  words = ended('declined', 'Declined on another device');
  await worker.push(withdrawal);
  expect(worker.shown).toEqual([]);
  // Another ring of the same call, declined elsewhere.
  words = { ...words, ringId: 'ring_2' };
  await worker.push({ ...withdrawal, ringId: 'ring_2' });
  expect(worker.shown).toMatchObject([{ title: 'Declined on another device' }]);
});

test('Accept opens the conversation; the page that asks is handed the ring, once, and no address holds it', async () => {
  const worker = startWorker(saying(() => ringing));
  await worker.push(ring);
  const clicked = worker.click('call_1', 'accept');
  await expect.poll(() => worker.opened).toEqual(['/messages/conv_1']);
  expect(await worker.ask()).toEqual({ callId: 'call_1', ringId: 'ring_1', pass: 'secret' });
  await clicked;
  expect(await worker.ask()).toBeNull();
  expect(worker.opened.join()).not.toContain('secret');
});

test('Accept brings a window that is open to the front, which asks, too', async () => {
  const worker = startWorker(saying(() => ringing));
  worker.addWindow({ focused: false, visibilityState: 'hidden' });
  await worker.push(ring);
  const clicked = worker.click('call_1', 'accept');
  await expect
    .poll(() => worker.posted)
    .toContainEqual({ type: 'parley-notification', conversationId: 'conv_1' });
  expect(await worker.ask()).toMatchObject({ ringId: 'ring_1' });
  await clicked;
  expect(worker.opened).toEqual([]);
});

test('a press on the notification itself opens the conversation and accepts nothing', async () => {
  const worker = startWorker(saying(() => ringing));
  await worker.push(ring);
  await worker.click('call_1');
  expect(worker.opened).toEqual(['/messages/conv_1']);
  expect(await worker.ask()).toBeNull();
});

test('a test shows its words', async () => {
  const worker = startWorker(() => ({
    title: 'Calls ring on this device',
    body: 'x',
    icon: '/icon-192.png',
  }));
  worker.addWindow({ focused: true, visibilityState: 'visible' });
  await worker.push({ ...ring, kind: 'test', about: 'test', ringId: null });
  expect(worker.shown).toMatchObject([{ title: 'Calls ring on this device', tag: 'test' }]);
  expect(worker.requests.map(({ address }) => address)).toEqual(['/api/push/test']);
});

test('what a newer or a foreign server sends is ignored', async () => {
  const worker = startWorker(() => ringing);
  await worker.push({ ...ring, v: 2 });
  await worker.pushText('no JSON');
  expect(worker.shown).toEqual([]);
  expect(worker.requests).toEqual([]);
});

const message = { ...ring, kind: 'message', about: 'conv_1', ringId: null };
const unread = {
  state: 'unread',
  conversationId: 'conv_1',
  unreadCount: 3,
  title: 'Alice',
  body: 'Are you there?',
  icon: '/icon-192.png',
  language: 'en',
  direction: 'ltr',
};
const read = { ...unread, state: 'read', unreadCount: 0, title: 'Read on another device', body: '' };

test('messages of a conversation are one notification with the newest words, and the badge counts', async () => {
  let words = unread;
  const worker = startWorker(() => words);
  await worker.push(message);
  words = { ...unread, body: 'Hello?', unreadCount: 4 };
  await worker.push(message);
  expect(worker.shown).toMatchObject([{ title: 'Alice', body: 'Hello?', tag: 'conv_1', silent: false }]);
  expect(worker.badges).toEqual([3, 4]);
  expect(worker.requests.map(({ address }) => address)).toEqual([
    '/api/push/conversations/conv_1',
    '/api/push/conversations/conv_1',
  ]);
  await worker.click('conv_1');
  expect(worker.opened).toEqual(['/messages/conv_1']);
});

test('messages that were read elsewhere are taken away; where a browser insists, by a quiet line', async () => {
  for (const userAgent of [firefox, undefined]) {
    let words: object = unread;
    const worker = startWorker(() => words, userAgent ? { userAgent } : {});
    await worker.push(message);
    words = read;
    await worker.push({ ...message, kind: 'withdrawal' });
    expect(worker.shown.map(({ title, silent }) => ({ title, silent }))).toEqual(
      userAgent ? [] : [{ title: read.title, silent: true }],
    );
    expect(worker.badges).toEqual([3, 0]);
  }
});

test('with a window in front no message is shown', async () => {
  const worker = startWorker(() => unread);
  worker.addWindow({ focused: true, visibilityState: 'visible' });
  await worker.push(message);
  expect(worker.shown).toEqual([]);
});

test('where Parley can’t be reached a message is one general line, and a read one no wrong line', async () => {
  const worker = startWorker(() => null);
  await worker.push(message);
  expect(worker.shown).toMatchObject([
    { title: catalogues.en.push.newMessage, data: { conversationId: 'conv_1' } },
  ]);
  await worker.push({ ...message, kind: 'withdrawal' });
  expect(worker.shown).toMatchObject([{ title: catalogues.en.push.readElsewhere, silent: true }]);
});

test('a page that can’t be loaded is a sentence in the reader’s language, and nothing else is answered', async () => {
  let isUp = true;
  const worker = startWorker(() => (isUp ? { page: 'as it is' } : null));
  await worker.message({ type: 'parley-words', fallback: { offline: 'Weg <b>', language: 'de' } });
  expect(await (await worker.load('navigate'))?.json()).toEqual({ page: 'as it is' });
  isUp = false;
  const response = await worker.load('navigate');
  expect(response?.status).toBe(503);
  const page = await response?.text();
  expect(page).toContain('<html lang="de" dir="ltr">');
  expect(page).toContain('<h1>Weg &#60;b&#62;</h1>');
  expect(await worker.load('cors')).toBeNull();
});

test('the sentences that it is built with are the catalogue’s', async () => {
  const worker = startWorker(() => null);
  await worker.push(ring);
  await worker.push({ ...withdrawal, about: 'call_2' });
  const { someoneCalls, callEnded, offline, offlineDetail, again } = catalogues.en.push;
  expect(worker.shown.map(({ title }) => title)).toEqual([someoneCalls, callEnded]);
  const page = await (await worker.load('navigate'))?.text();
  for (const words of [offline, offlineDetail, again]) expect(page).toContain(words);
});
