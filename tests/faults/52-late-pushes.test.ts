import { expect, test } from 'vitest';
import { pushOutbox } from '@/db/schema';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { askRoute } from '../support/ask-route';
import { signOut, signOutOthers, tabOf } from '../support/in-process-call';
import { bobsDevices, call, ringOf } from '../support/pushed-people';

const words = 'GET /api/push/rings/[ringId]';

test('a push that arrives after its sign-in was revoked shows nothing and yields nothing', async () => {
  const { app, alice, bob, direct, service, sender, phone } = await bobsDevices();
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  service.take();
  const { id: ringId } = await ringOf(app, callId, bob);
  await signOut(app, phone);
  await sender.whenIdle();
  // What shows there is taken away, although nothing else is sent to it any more.
  expect(service.take()).toEqual(['phone withdrawal']);
  const answer = await askRoute(app, words, phone, { params: { ringId } });
  expect(answer.status).toBe(401);
  expect(await answer.text()).not.toContain('Alice');
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  await sender.whenIdle();
  expect(service.take()).toEqual(['laptop withdrawal']);
  expect(await app.deps.db.select().from(pushOutbox)).toEqual([]);
});

test('a new password silences every other device', async () => {
  const { app, alice, direct, bob, service, sender } = await bobsDevices();
  await signOutOthers(app, bob);
  await call(app, alice, direct);
  await sender.whenIdle();
  expect(service.take()).toEqual([]);
});

test('a push that was not sent when its sign-in ended is not sent', async () => {
  const { app, alice, direct, service, sender, phone } = await bobsDevices();
  service.respondWith(() => 503);
  await call(app, alice, direct);
  await sender.whenIdle();
  service.take();
  service.respondWith(() => 201);
  await signOut(app, phone);
  app.clock.advance(5000);
  await sender.whenIdle();
  // It may have arrived in spite of what the push service responded.
  expect(service.take()).toEqual(['laptop ring', 'phone withdrawal']);
});

test('a push that is replayed or late yields what is true now', async () => {
  const { app, alice, bob, direct, sender, phone } = await bobsDevices();
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  const { id: ringId } = await ringOf(app, callId, bob);
  const first = await (await askRoute(app, words, phone, { params: { ringId } })).json();
  expect(first).toMatchObject({ state: 'ringing', title: '\u2068Alice\u2069 is calling', callId, ringId });
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  for (let times = 0; times < 2; times += 1) {
    const late = await (await askRoute(app, words, phone, { params: { ringId } })).json();
    expect(late).toMatchObject({ state: 'missed', title: 'Missed call from \u2068Alice\u2069', pass: null });
  }
});
