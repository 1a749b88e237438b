/**
 * Rings where no page of Parley is open (docs/calls.md, "Where no page is open"). A push says only which ring or
 * conversation it is about; what to show is asked of Parley, and so is always what is true at that moment. It answers no
 * request but for a page that can't be loaded, and keeps nothing but a few sentences.
 */
const version = 1;
const askMs = 5000;
/** How long a page that **Accept** opened may take to ask what it was opened for. */
const handMs = 30_000;
const ownIcon = '/icon-192.png';
/** Firefox alone allows a push that shows nothing; others show a line of their own then. */
const mustShow = !/\bFirefox\//.test(self.navigator.userAgent);
/** Until a page has brought them in its reader's language. */
const builtIn = {
  ring: 'Incoming call',
  withdrawal: 'A call has ended',
  message: 'New message',
  read: 'Read on another device',
  offline: 'Parley can’t be reached',
  offlineDetail: 'Either this device has no network, or the server is down.',
  again: 'Try again',
  language: 'en',
  direction: 'ltr',
};
/** How long the line stays that a browser insists on for messages that were read. */
const readShownMs = 4000;
const wordsAt = { cache: 'parley-words', address: '/parley-words' };

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()])),
);

/** A page that can't be loaded is a sentence of Parley's in place of the browser's own. Nothing else is answered here. */
self.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(load(event));
});

async function load({ request, preloadResponse }) {
  try {
    return (await preloadResponse) ?? (await fetch(request));
  } catch {
    return offlinePage({ ...builtIn, ...(await fallback()) });
  }
}

function offlinePage({ language, direction, offline, offlineDetail, again }) {
  const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const page = `<!doctype html><html lang="${safe(language)}" dir="${safe(direction)}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Parley</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { min-height: 100vh; margin: 0; display: grid; place-content: center; text-align: center; padding: 16px; }
h1 { font-size: 20px; margin: 0; }
a { display: inline-block; min-height: 44px; line-height: 44px; padding: 0 16px; }
</style>
<main><h1>${safe(offline)}</h1><p>${safe(offlineDetail)}</p><a href="">${safe(again)}</a></main>
<script>addEventListener('online', () => location.reload());</script></html>`;
  return new Response(page, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** Messages about one thing are shown in the order in which they came, so that no ring outlasts its end. */
const turns = new Map();
function inTurn(about, work) {
  const turn = (turns.get(about) ?? Promise.resolve()).then(work, work);
  turns.set(about, turn);
  return turn.finally(() => {
    if (turns.get(about) === turn) turns.delete(about);
  });
}

self.addEventListener('push', (event) => {
  const message = read(event.data);
  if (message) event.waitUntil(inTurn(message.about, () => receive(message)));
});

function read(data) {
  try {
    const { v, kind, about, ringId, expiresAt } = data.json();
    return v === version ? { kind, about, ringId, expiresAt } : null;
  } catch {
    return null;
  }
}

async function receive(message) {
  // A window in front shows its calls itself.
  if (message.kind !== 'test' && (await isInFront())) {
    await close(message.about);
    return;
  }
  const address = addressOf(message);
  const response = await ask(address);
  if (response?.ok) await show(message, await response.json());
  else if (response?.status === 401 || response?.status === 404) await forget(message, response.status);
  else await showUnknown(message);
}

/** Messages are about a conversation, everything else about a call. */
const isOfMessages = ({ about }) => about.startsWith('conv_');

function addressOf(message) {
  if (message.kind === 'test') return '/api/push/test';
  return isOfMessages(message)
    ? `/api/push/conversations/${message.about}`
    : `/api/push/rings/${message.ringId}`;
}

async function isInFront() {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.some((one) => one.focused && one.visibilityState === 'visible');
}

/** Null: Parley can't be reached. */
async function ask(address, body) {
  const how = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(askMs);
  try {
    return await fetch(address, { ...how, headers, credentials: 'same-origin', cache: 'no-store', signal });
  } catch {
    return null;
  }
}

async function close(about) {
  for (const one of await self.registration.getNotifications({ tag: about })) one.close();
}

/** Rings that were declined in this browser's own notification: that it was said elsewhere would be wrong. */
const declinedHere = new Set();

async function show({ kind, about }, words) {
  const { title, body, icon = ownIcon, language: lang, direction: dir } = words;
  const shown = { body, icon, badge: ownIcon, lang, dir, tag: about };
  if (kind === 'test') {
    await self.registration.showNotification(title, { ...shown, data: { kind: 'test' } });
    return;
  }
  if (isOfMessages({ about })) {
    await showMessages(about, kind, words, shown);
    return;
  }
  const { state, callId, ringId, conversationId, pass } = words;
  if (state === 'ringing') {
    await self.registration.showNotification(title, {
      ...shown,
      renotify: true,
      requireInteraction: true,
      vibrate: [400, 200, 400, 200, 400, 800, 400, 200, 400, 200, 400],
      actions: [
        { action: 'accept', title: words.accept },
        { action: 'decline', title: words.decline },
      ],
      data: { kind: 'ring', callId, ringId, conversationId, pass },
    });
    await sayShown(about);
    // Now, and not before, it rings.
    await ask(`/api/calls/${callId}/ringing`, {});
    return;
  }
  const isOwnDoing = state === 'answered_here' || declinedHere.delete(ringId);
  const isWorthSaying = state === 'missed' || (mustShow && !isOwnDoing);
  if (!isWorthSaying) await close(about);
  else
    await self.registration.showNotification(title, {
      ...shown,
      silent: true,
      data: { kind: 'ended', conversationId },
    });
}

/** One notification for each conversation, in the words of its newest message, until it is read on any device. */
async function showMessages(about, kind, { state, title, unreadCount }, shown) {
  await self.navigator.setAppBadge?.(unreadCount).catch(() => {});
  if (state === 'read') return closeRead(about, title);
  // What was withdrawn is read; what is unread all the same came later, and has a push of its own.
  const data = { kind: 'message', conversationId: about };
  await self.registration.showNotification(title, {
    ...shown,
    renotify: kind === 'message',
    silent: kind !== 'message',
    data,
  });
}

/** Where a browser insists on a visible notification, it is a quiet one that goes by itself. */
async function closeRead(about, title) {
  await close(about);
  if (!mustShow) return;
  const data = { kind: 'message', conversationId: about };
  await self.registration.showNotification(title, {
    icon: ownIcon,
    badge: ownIcon,
    tag: about,
    silent: true,
    data,
  });
  setTimeout(() => void close(about), readShownMs);
}

/** Pages that show a notification of their own take it away. */
async function sayShown(about) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const one of windows) one.postMessage({ type: 'parley-shown', about });
}

/** The sign-in has ended, or the call is not this person's to see: nothing is shown. */
async function forget({ about }, status) {
  await close(about);
  if (status !== 401) return;
  const subscription = await self.registration.pushManager.getSubscription();
  await subscription?.unsubscribe();
}

async function showUnknown({ kind, about, expiresAt }) {
  if (kind === 'test') return;
  const isEnd = kind === 'withdrawal' || expiresAt <= Date.now();
  const ofMessages = isOfMessages({ about });
  if (isEnd) await close(about);
  if (isEnd && !mustShow) return;
  const words = { ...builtIn, ...(await fallback()) };
  if (isEnd && ofMessages) {
    await closeRead(about, words.read);
    return;
  }
  const title = ofMessages ? words.message : isEnd ? words.withdrawal : words.ring;
  await self.registration.showNotification(title, {
    icon: ownIcon,
    badge: ownIcon,
    tag: about,
    silent: isEnd,
    requireInteraction: !isEnd && !ofMessages,
    data: { kind: 'ended', conversationId: ofMessages ? about : null },
  });
}

async function fallback() {
  const kept = await (await caches.open(wordsAt.cache)).match(wordsAt.address);
  return kept ? kept.json() : builtIn;
}

self.addEventListener('notificationclick', (event) => {
  const { notification, action } = event;
  const { kind, callId, ringId, conversationId, pass } = notification.data ?? {};
  notification.close();
  if (kind === 'ring' && action === 'decline') {
    declinedHere.add(ringId);
    event.waitUntil(ask(`/api/calls/${callId}/decline`, { ringId }));
  } else if (kind === 'ring' && action === 'accept')
    event.waitUntil(open(conversationId, { callId, ringId, pass }));
  else event.waitUntil(open(conversationId, null));
});

/** What the next page that asks is handed; once. */
let accepted = null;

/**
 * Brings a window of Parley to the front, or opens one. What it is to accept is never in its address: the page asks for
 * it, and is handed it once.
 */
async function open(conversationId, ring) {
  const handed = ring && new Promise((resolve) => (accepted = { ring, resolve }));
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const known = windows.find((one) => one.visibilityState === 'visible') ?? windows[0];
  if (known) {
    await known.focus();
    known.postMessage({ type: 'parley-notification', conversationId });
  } else await self.clients.openWindow(conversationId ? `/messages/${conversationId}` : '/messages');
  if (!handed) return;
  await Promise.race([handed, new Promise((resolve) => setTimeout(resolve, handMs))]);
  accepted = null;
}

self.addEventListener('message', (event) => {
  const { type, fallback: words } = event.data ?? {};
  if (type === 'parley-accepted') {
    event.ports[0]?.postMessage(accepted?.ring ?? null);
    accepted?.resolve();
    accepted = null;
  }
  if (type === 'parley-words')
    event.waitUntil(
      caches
        .open(wordsAt.cache)
        .then((cache) => cache.put(wordsAt.address, new Response(JSON.stringify(words)))),
    );
  if (type === 'parley-close') event.waitUntil(close(event.data.about));
});

/** The push service gave this browser another address. */
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAgain()));

async function subscribeAgain() {
  const response = await ask('/api/push');
  if (!response?.ok) return;
  const { serverKey } = await response.json();
  const subscription = await self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: serverKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  await fetch('/api/push', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, keys, serverKey }),
  });
}
