import { expect, it } from 'vitest';
import { makeLog } from '@/lib/log';
import { openEventStream } from '@/lib/realtime/event-stream';
import { makeRealtime } from '@/lib/realtime/realtime';
import { makeTestApp, type TestApp } from '../support/make-test-deps';
import { connectClient } from '../support/stream-client';

const sink = { send: () => undefined, close: () => undefined };

async function aBrowser() {
  const app = await makeTestApp();
  const alice = await app.makeUser('Alice');
  const since = () => app.deps.presence.silentSince(alice.signInId);
  return { app, alice, since, open: () => app.deps.fanOut.open(alice, sink) };
}

it('a browser whose stream closed from its side is silent since that moment', async () => {
  const { app, since, open } = await aBrowser();
  const stream = open();
  expect(await since()).toBeNull();
  app.clock.advance(1000);
  stream.drop();
  const closedAt = app.clock.now();
  app.clock.advance(20_000);
  expect(await since()).toBe(closedAt);
});

it('a stream that comes back says that nothing happened, and so does one that another tab holds', async () => {
  const { since, open } = await aBrowser();
  open().drop();
  const again = open();
  expect(await since()).toBeNull();
  // One tab takes the stream over from another: the new one is open before the old one goes.
  open();
  again.drop();
  expect(await since()).toBeNull();
});

it('a request that comes later is later news', async () => {
  const { app, alice, since, open } = await aBrowser();
  open().drop();
  app.clock.advance(5000);
  await ask(app, await app.cookieOf(alice));
  expect(await since()).toBe(app.clock.now());
});

it('a stream that we closed says nothing: a stop, a revoked sign-in, a client that does not read', async () => {
  const { app, alice, since, open } = await aBrowser();
  open().close();
  expect(await since()).toBeNull();
  open();
  await app.deps.bus.publish({ type: 'signed_out', signInIds: [alice.signInId] });
  expect(await since()).toBeNull();
  open();
  app.deps.closeRealtime();
  expect(await since()).toBeNull();
});

it('one device says nothing about another of the same person', async () => {
  const { app, alice, since, open } = await aBrowser();
  open();
  const phone = { ...alice, signInId: `${alice.signInId}2` as typeof alice.signInId };
  app.deps.fanOut.open(phone, sink).drop();
  expect(await since()).toBeNull();
  expect(await app.deps.presence.silentSince(phone.signInId)).toBe(app.clock.now());
});

it('a request that ends is how the stream’s route hears of it', async () => {
  const { app, alice, since } = await aBrowser();
  const browser = connectClient(openEventStream(app.deps.fanOut, alice, async () => true));
  expect(await since()).toBeNull();
  browser.disconnect();
  await new Promise((resolve) => setImmediate(resolve));
  expect(await since()).toBe(app.clock.now());
});

it('after a restart nothing is known', async () => {
  const { app, alice, open } = await aBrowser();
  open().drop();
  const { deps } = app;
  const fresh = makeRealtime({
    log: makeLog('silent'),
    now: () => app.clock.now(),
    wallNow: () => app.clock.wallNow(),
    readers: () => deps.readers,
    onReach: async () => undefined,
  });
  expect(await fresh.presence.silentSince(alice.signInId)).toBeNull();
});

async function ask(app: TestApp, cookie: string) {
  return app.deps.viewerOf(new Request('http://localhost:3000/api/me', { headers: { cookie } }));
}
