import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeWebhookReader } from '@/lib/media/livekit-webhook';

const apiKey = 'key';
const apiSecret = 'a secret of more than 32 characters';
const read = makeWebhookReader({ apiKey, apiSecret });

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const hashOf = (body: string) => createHash('sha256').update(body).digest('base64');
const nowSeconds = () => Math.floor(Date.now() / 1000);

/** Signs as LiveKit does, so that each part can be made wrong. */
function sign(body: string, { claims = {}, header = {}, secret = apiSecret } = {}) {
  const head = encode({ alg: 'HS256', typ: 'JWT', ...header });
  const now = nowSeconds();
  const payload = encode({ iss: apiKey, nbf: now, exp: now + 300, sha256: hashOf(body), ...claims });
  const signature = createHmac('sha256', secret).update(`${head}.${payload}`).digest('base64url');
  return `${head}.${payload}.${signature}`;
}

function bodyOf(event: string, identity = 'user_bob.tab00001') {
  return JSON.stringify({
    event,
    room: { sid: 'RM_1', name: 'parley_room', aFieldOfTheFuture: 1 },
    participant: { sid: 'PA_1', identity, state: 'DISCONNECTED' },
    id: 'EV_1',
    createdAt: '1700000000',
  });
}

const bob = { identity: { userId: 'user_bob', clientId: 'tab00001' }, sid: 'PA_1' };

test.each([
  ['participant_joined', 'participant_joined'],
  ['participant_left', 'participant_left'],
  ['participant_connection_aborted', 'participant_left'],
  ['track_published', 'other'],
  ['constructor', 'other'],
])('%s reads as %s', async (event, type) => {
  const body = bodyOf(event);
  expect(await read(body, sign(body))).toEqual({ id: 'EV_1', type, room: 'parley_room', participant: bob });
});

test('an event without room or people reads as other', async () => {
  const body = JSON.stringify({ event: 'ingress_started', id: 'EV_2' });
  expect(await read(body, sign(body))).toEqual({ id: 'EV_2', type: 'other', room: '', participant: null });
});

test('an identity that Parley never issued is ignored', async () => {
  const body = bodyOf('participant_joined', 'EG_recorder');
  expect((await read(body, sign(body))).participant).toBeNull();
});

const body = bodyOf('participant_left');
test.each([
  ['no signature', null],
  ['an empty one', ''],
  ['something that is no token', 'hello'],
  ['another key', sign(body, { secret: 'another secret of more than 32 characters' })],
  ['another issuer', sign(body, { claims: { iss: 'other' } })],
  [
    'alg none',
    `${encode({ alg: 'none' })}.${encode({ iss: apiKey, exp: nowSeconds() + 300, sha256: hashOf(body) })}.`,
  ],
  ['an algorithm that does not fit the key', sign(body, { header: { alg: 'RS256' } })],
  ['the hash of another body', sign(body, { claims: { sha256: hashOf('{}') } })],
  ['no hash', sign(body, { claims: { sha256: undefined } })],
  ['no expiry', sign(body, { claims: { exp: undefined } })],
  ['an expiry a minute and more ago', sign(body, { claims: { exp: nowSeconds() - 61 } })],
  ['a start a minute and more ahead', sign(body, { claims: { nbf: nowSeconds() + 70 } })],
])('%s is refused', async (_name, authorization) => {
  await expect(read(body, authorization)).rejects.toMatchObject({
    name: 'AppError',
    code: 'unauthenticated',
  });
});

test('a clock that is 50 seconds off is believed', async () => {
  expect((await read(body, sign(body, { claims: { exp: nowSeconds() - 50 } }))).id).toBe('EV_1');
  expect((await read(body, sign(body, { claims: { nbf: nowSeconds() + 50 } }))).id).toBe('EV_1');
});

test('a signed body that is not JSON is refused', async () => {
  await expect(read('hello', sign('hello'))).rejects.toMatchObject({ code: 'unauthenticated' });
});
