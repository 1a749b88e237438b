import { expect, it } from 'vitest';
import { makeLog } from '@/lib/log';
import { eventResponse } from '@/lib/realtime/event-response';
import { makeHub } from '@/lib/realtime/hub';
import { makeTestApp, type TestApp } from '../support/make-test-deps';

const sink = { send: () => undefined, close: () => undefined };

async function aBrowser() {
  const app = await makeTestApp();
  const alice = await app.makeUser('Alice');
  const since = () => app.deps.hub.silentSince(alice.signInId);
  return { app, alice, since, open: () => app.deps.hub.open(alice, sink) };
}

it('a browser whose stream closed from its side is silent since that moment', async () => {
  const { app, since, open } = await aBrowser();
  const stream = open();
  expect(since()).toBeNull();
  app.clock.advance(1000);
  stream.drop();
  const closedAt = app.clock.now();
  app.clock.advance(20_000);
  expect(since()).toBe(closedAt);
});

it('a stream that comes back says that nothing happened, and so does one that another tab holds', async () => {
  const { since, open } = await aBrowser();
  open().drop();
  const again = open();
  expect(since()).toBeNull();
  // One tab takes the stream over from another: the new one is open before the old one goes.
  open();
  again.drop();
  expect(since()).toBeNull();
});

it('a request that comes later is later news', async () => {
  const { app, alice, since, open } = await aBrowser();
  open().drop();
  app.clock.advance(5000);
  await ask(app, await app.cookieOf(alice));
  expect(since()).toBe(app.clock.now());
});

it('a stream that we closed says nothing: a stop, a revoked sign-in, a client that does not read', async () => {
  const { app, alice, since, open } = await aBrowser();
  open().close();
  expect(since()).toBeNull();
  open();
  app.deps.hub.closeSignIns([alice.signInId]);
  expect(since()).toBeNull();
  open();
  app.deps.hub.closeAll();
  expect(since()).toBeNull();
});

it('one device says nothing about another of the same person', async () => {
  const { app, alice, since, open } = await aBrowser();
  open();
  const phone = { ...alice, signInId: `${alice.signInId}2` as typeof alice.signInId };
  app.deps.hub.open(phone, sink).drop();
  expect(since()).toBeNull();
  expect(app.deps.hub.silentSince(phone.signInId)).toBe(app.clock.now());
});

it('a request that ends is how the stream’s route hears of it', async () => {
  const { app, alice, since } = await aBrowser();
  const browser = new AbortController();
  eventResponse(app.deps.hub, alice, browser.signal, async () => true);
  expect(since()).toBeNull();
  browser.abort();
  expect(since()).toBe(app.clock.now());
});

it('after a restart nothing is known', async () => {
  const { app, alice, open } = await aBrowser();
  open().drop();
  const { deps } = app;
  const fresh = makeHub({
    log: makeLog('silent'),
    now: () => app.clock.now(),
    readers: () => deps.readers,
    onReach: async () => undefined,
    onPresence: async () => undefined,
  });
  expect(fresh.silentSince(alice.signInId)).toBeNull();
});

async function ask(app: TestApp, cookie: string) {
  return app.deps.viewerOf(new Request('http://localhost:3000/api/me', { headers: { cookie } }));
}
