import { expect, test } from 'vitest';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { askRoute } from '../support/ask-route';
import { tabOf } from '../support/in-process-call';
import { bobsDevices, call, ringOf } from '../support/pushed-people';

const words = 'GET /api/push/rings/[ringId]';
const redeem = 'POST /api/push/rings/[ringId]/redeem';

async function aRing() {
  const world = await bobsDevices();
  const callId = await call(world.app, world.alice, world.direct);
  await world.sender.whenIdle();
  world.service.take();
  const { id: ringId } = await ringOf(world.app, callId, world.bob);
  return { ...world, callId, params: { ringId } };
}

test('a browser subscribes with the key that it is given, and is listed without its address', async () => {
  const { app, phone, service, phoneId, laptopId } = await bobsDevices();
  app.clock.advance(1);
  const { serverKey } = await (await askRoute(app, 'GET /api/push', phone)).json();
  const body = { ...service.subscribe('new'), serverKey };
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0' };
  const saved = await askRoute(app, 'PUT /api/push', phone, { body, headers });
  expect(saved.status).toBe(200);
  const { id } = await saved.json();
  const text = await (await askRoute(app, 'GET /api/push', phone)).text();
  expect(JSON.parse(text).devices).toEqual([
    expect.objectContaining({ id: laptopId, isThis: false }),
    expect.objectContaining({ id, isThis: true, name: 'Firefox · Linux', isRefused: false }),
  ]);
  expect(phoneId).not.toBe(id);
  for (const secret of [body.endpoint, body.keys.auth, body.keys.p256dh]) expect(text).not.toContain(secret);
});

test('a key of an earlier server, a wrong point and a short secret are refused', async () => {
  const { app, phone, service } = await bobsDevices();
  const { serverKey } = await (await askRoute(app, 'GET /api/push', phone)).json();
  const good = { ...service.subscribe('new'), serverKey };
  const put = async (body: unknown) => (await askRoute(app, 'PUT /api/push', phone, { body })).status;
  expect(await put({ ...good, serverKey: 'B'.repeat(87) })).toBe(409);
  const offCurve = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url');
  expect(await put({ ...good, keys: { ...good.keys, p256dh: offCurve } })).toBe(400);
  expect(await put({ ...good, keys: { ...good.keys, auth: 'AAAA' } })).toBe(400);
  expect(await put({ ...good, endpoint: 'https://127.0.0.1/x' })).toBe(400);
  expect(await put(good)).toBe(200);
});

test('a device is removed and tested by its own person alone', async () => {
  const { app, alice, bob, phoneId, service, sender } = await bobsDevices();
  const params = { deviceId: phoneId };
  const test = 'POST /api/push/devices/[deviceId]/test';
  expect((await askRoute(app, test, alice, { params })).status).toBe(404);
  expect((await askRoute(app, test, bob, { params })).status).toBe(204);
  await sender.whenIdle();
  expect(service.take()).toEqual(['phone test']);
  await askRoute(app, 'DELETE /api/push/devices/[deviceId]', alice, { params });
  expect((await (await askRoute(app, 'GET /api/push', bob)).json()).devices).toHaveLength(2);
  await askRoute(app, 'DELETE /api/push/devices/[deviceId]', bob, { params });
  expect((await (await askRoute(app, 'GET /api/push', bob)).json()).devices).toHaveLength(1);
});

test('sending tests has a limit', async () => {
  const { app, bob, phoneId } = await bobsDevices();
  const statuses = [];
  for (let at = 0; at < 11; at += 1) {
    const answer = await askRoute(app, 'POST /api/push/devices/[deviceId]/test', bob, {
      params: { deviceId: phoneId },
    });
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([...Array(10).fill(204), 429]);
});

test('the worker reads a ring in the reader’s language, and other people do not', async () => {
  const { app, alice, phone, params, callId, direct } = await aRing();
  const german = await askRoute(app, words, phone, { params, headers: { 'accept-language': 'de-AT' } });
  expect(await german.json()).toMatchObject({
    state: 'ringing',
    callId,
    conversationId: direct,
    title: '\u2068Alice\u2069 ruft an',
    accept: 'Annehmen',
    decline: 'Ablehnen',
    language: 'de',
    direction: 'ltr',
    icon: '/icon-192.png',
  });
  expect((await askRoute(app, words, alice, { params })).status).toBe(404);
  expect((await askRoute(app, words, await app.makeUser('Carol'), { params })).status).toBe(404);
});

test('a group’s ring says where', async () => {
  const { app, alice, bob, phone } = await bobsDevices();
  const group = await app.makeConversation('group', [alice, bob], 'Weekend trip');
  const { id: ringId } = await ringOf(app, await call(app, alice, group), bob);
  const answer = await askRoute(app, words, phone, { params: { ringId } });
  expect((await answer.json()).title).toBe('\u2068Alice\u2069 is calling in \u2068Weekend trip\u2069');
});

test('a notification accepts its ring once, in the browser that it shows in', async () => {
  const { app, bob, phone, laptop, params, callId } = await aRing();
  const { pass } = await (await askRoute(app, words, phone, { params })).json();
  const other = await (await askRoute(app, words, laptop, { params })).json();
  expect(pass).toMatch(/^[\w-]{32}$/);
  expect(other.pass).not.toBe(pass);
  const status = async (viewer: typeof bob, body: unknown) =>
    (await askRoute(app, redeem, viewer, { params, body })).status;
  expect(await status(bob, { pass })).toBe(403);
  expect(await status(laptop, { pass })).toBe(403);
  expect(await status(phone, { pass: 'wrong' })).toBe(403);
  const redeemed = await askRoute(app, redeem, phone, { params, body: { pass } });
  expect(await redeemed.json()).toEqual({ callId });
  expect(await status(phone, { pass })).toBe(403);
  expect((await (await askRoute(app, words, phone, { params })).json()).pass).toBeNull();
});

test('a notification accepts nothing once its ring has ended', async () => {
  const { app, alice, phone, params, callId } = await aRing();
  const { pass } = await (await askRoute(app, words, phone, { params })).json();
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  expect((await askRoute(app, redeem, phone, { params, body: { pass } })).status).toBe(403);
});

test('the worker’s confirmation is a window’s: the caller sees that it rings', async () => {
  const { app, bob, phone, callId } = await aRing();
  expect((await ringOf(app, callId, bob)).isConfirmed).toBe(false);
  await askRoute(app, 'POST /api/calls/[callId]/ringing', phone, { params: { callId }, body: {} });
  expect((await ringOf(app, callId, bob)).isConfirmed).toBe(true);
});

test('the test notification has words, too', async () => {
  const { app, phone } = await bobsDevices();
  const answer = await askRoute(app, 'GET /api/push/test', phone);
  expect(await answer.json()).toMatchObject({ title: 'Calls ring on this device', language: 'en' });
});
