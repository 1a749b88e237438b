import { createECDH } from 'node:crypto';
import { expect, test } from 'vitest';
import { pushDevices, pushKeys } from '@/db/schema';
import { loadPushKeys } from '@/lib/push/push-keys';
import { inPublic, makeTestApp } from '../support/make-test-deps';
import { bobsDevices } from '../support/pushed-people';

const ownKey = () => {
  const key = createECDH('prime256v1');
  key.generateKeys();
  const privateKey = Buffer.concat([Buffer.alloc(32), key.getPrivateKey()]).subarray(-32);
  return { privateKey: privateKey.toString('base64url'), publicKey: key.getPublicKey('base64url') };
};

test('the keys are made once, and are the same for every process', async () => {
  const app = await makeTestApp();
  const [one, other] = await Promise.all([loadPushKeys(app.deps), loadPushKeys(app.deps)]);
  expect(Buffer.from(one.publicKey, 'base64url')).toHaveLength(65);
  expect([other.publicKey, other.privateKey]).toEqual([one.publicKey, one.privateKey]);
  expect(other.topicOf('call_1', 'device_1' as never)).toBe(one.topicOf('call_1', 'device_1' as never));
  expect(await app.deps.db.select().from(pushKeys)).toHaveLength(1);
});

test('two communities give the same call and device different topics', async () => {
  const topics = [];
  for (let at = 0; at < 2; at += 1) {
    const keys = await loadPushKeys((await makeTestApp()).deps);
    topics.push(keys.topicOf('call_1', 'device_1' as never), keys.topicOf('call_1', 'device_2' as never));
  }
  expect(new Set(topics).size).toBe(4);
});

test('an operator’s own key goes before the kept one, and devices of the earlier one are forgotten', async () => {
  const { app } = await bobsDevices();
  const { privateKey, publicKey } = ownKey();
  const env = { ...app.deps.env, PARLEY_VAPID_PRIVATE_KEY: privateKey };
  expect(await loadPushKeys({ ...app.deps, env })).toMatchObject({ publicKey, privateKey });
  expect(await app.deps.db.select().from(pushDevices)).toEqual([]);
});

test('push services are given the operator’s address, else the community’s', async () => {
  const app = await makeTestApp(inPublic);
  expect((await loadPushKeys(app.deps)).subject).toBe(inPublic.PARLEY_URL);
  const env = { ...app.deps.env, PARLEY_VAPID_SUBJECT: 'mailto:ops@example.org' };
  expect((await loadPushKeys({ ...app.deps, env })).subject).toBe('mailto:ops@example.org');
});
