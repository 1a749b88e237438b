import { expect, test } from 'vitest';
import { pushDevices, pushOutbox } from '@/db/schema';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { claimDue } from '@/lib/push/claim-pushes';
import { redeemPass } from '@/lib/push/ring-pass';
import { saveDevice } from '@/lib/push/save-device';
import { settlePush } from '@/lib/push/settle-push';
import { otherDevice, signOut, tabOf, twoPeople } from '../support/in-process-call';
import type { TestApp } from '../support/make-test-deps';
import { bobsDevices, call, ringOf, startPushService, subscribe } from '../support/pushed-people';

/** What holds whichever of two things at once comes first. On PostgreSQL they do run at once. */

const outbox = ({ deps }: TestApp) => deps.db.select().from(pushOutbox);

/** Bob with devices that no sender of this process serves. */
async function unservedDevices(count: number) {
  const service = await startPushService();
  const world = await twoPeople({ PARLEY_TEST_PUSH_SERVICE: service.origin });
  const devices = [];
  for (let n = 0; n < count; n += 1) {
    const device = await otherDevice(world.app, world.bob);
    await subscribe(world.app, device, service.subscribe(`device ${n}`));
    devices.push(device);
  }
  return { ...world, service, devices };
}

test('of servers that claim at once each gets rows of its own', async () => {
  const { app, alice, direct } = await unservedDevices(8);
  await call(app, alice, direct);
  const claims = await Promise.all([3, 3, 3, 3].map((atMost) => claimDue(app.deps, [], atMost)));
  const ids = claims.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const left = await claimDue(app.deps, [], 8);
  expect(ids.length + left.length).toBe(8);
  expect(await claimDue(app.deps, [], 8)).toEqual([]);
});

test('a ring that ends while it is claimed is withdrawn where it was claimed, and not sent where it was not', async () => {
  const { app, alice, direct } = await unservedDevices(8);
  const callId = await call(app, alice, direct);
  const [claimed] = await Promise.all([
    claimDue(app.deps, [], 4),
    leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) }),
  ]);
  const sent = new Set(claimed.map(({ deviceId }) => deviceId));
  const rows = await outbox(app);
  expect(rows.map(({ kind }) => kind)).toEqual(rows.map(() => 'withdrawal'));
  expect(new Set(rows.map(({ deviceId }) => deviceId))).toEqual(sent);
});

test('an end that is settled at the moment of another end changes nothing about it', async () => {
  const { app, alice, direct } = await unservedDevices(4);
  const callId = await call(app, alice, direct);
  const claimed = await claimDue(app.deps, [], 4);
  await Promise.all([
    ...claimed.map((push) => settlePush(app.deps, push, { kind: 'taken' })),
    leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) }),
  ]);
  const rows = await outbox(app);
  expect(rows.map(({ kind, isSettled }) => ({ kind, isSettled }))).toEqual(
    rows.map(() => ({ kind: 'withdrawal', isSettled: false })),
  );
  expect(rows).toHaveLength(4);
});

test('a browser that two people save at once is rung for one of them', async () => {
  const { app, alice, bob, service } = await unservedDevices(0);
  const { publicKey } = await app.deps.pushKeys();
  const browser = { ...service.subscribe('shared'), serverKey: publicKey, name: '' };
  await Promise.all([alice, bob].map((viewer) => saveDevice(app.deps, viewer, browser)));
  expect(await app.deps.db.select().from(pushDevices)).toHaveLength(1);
});

test('a sign-in that ends while it is rung leaves no ring to send', async () => {
  const { app, alice, direct, devices } = await unservedDevices(3);
  await Promise.all([call(app, alice, direct), ...devices.map((device) => signOut(app, device))]);
  expect(await app.deps.db.select().from(pushDevices)).toEqual([]);
  expect(await outbox(app)).toEqual([]);
});

test('a browser that changes hands while it is rung rings for its new person only', async () => {
  const { app, alice, bob, direct, service } = await unservedDevices(0);
  const { publicKey } = await app.deps.pushKeys();
  const browser = { ...service.subscribe('shared'), serverKey: publicKey, name: '' };
  await saveDevice(app.deps, bob, browser);
  await Promise.all([call(app, alice, direct), saveDevice(app.deps, alice, browser)]);
  expect((await outbox(app)).filter(({ kind }) => kind === 'ring')).toEqual([]);
});

test('of two windows that use the secret of one notification at once one enters', async () => {
  const { app, alice, bob, direct, sender, phone } = await bobsDevices();
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  const { id: ringId } = await ringOf(app, callId, bob);
  const row = (await outbox(app)).find(({ signInId }) => signInId === phone.signInId);
  const pass = row?.pass ?? '';
  const tries = await Promise.allSettled([1, 2, 3].map(() => redeemPass(app.deps, phone, { ringId, pass })));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await enterCall(app.deps, phone, { callId, clientId: tabOf(phone), switchFrom: null });
});
