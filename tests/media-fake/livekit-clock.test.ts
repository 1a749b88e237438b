import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ClientId, UserId } from '@/lib/ids';
import { makeLiveKitClock } from '@/lib/media/livekit-clock';
import { makeLiveKitMediaServer } from '@/lib/media/livekit-media-server';
import { makeWebhookReader } from '@/lib/media/livekit-webhook';
import { MediaUnavailable } from '@/lib/media/media-server';
import { signWebhook, webhookBody } from '../support/signed-webhook';

const now = Date.UTC(2026, 5, 1, 12);
const alice = { userId: 'user_alice' as UserId, clientId: 'tab00001' as ClientId };
const keys = { apiKey: 'key', apiSecret: 'a secret of more than 32 characters' };
const fiveMinutesMs = 300_000;
const dated = (at: number) => new Date(at).toUTCString();

test('a response’s header shows how far the clock is off; a few seconds count as none', () => {
  const clock = makeLiveKitClock(() => now);
  expect([clock.isKnown(), clock.offsetMs()]).toEqual([false, 0]);
  clock.noteAnswer(dated(now + fiveMinutesMs), now);
  expect(clock.isKnown()).toBe(true);
  expect(Math.abs(clock.offsetMs() - fiveMinutesMs)).toBeLessThanOrEqual(500);
  clock.noteAnswer(dated(now + 8000), now);
  expect(clock.offsetMs()).toBe(0);
});

test.each([null, '', 'yesterday'])('the header %j shows no time', (date) => {
  const clock = makeLiveKitClock(() => now);
  clock.noteAnswer(date, now);
  expect([clock.isKnown(), clock.offsetMs()]).toEqual([false, 0]);
});

test('LiveKit’s own stamp of a new room counts where a web server in front dates the answers', () => {
  const clock = makeLiveKitClock(() => now);
  clock.noteAnswer(dated(now), now);
  clock.noteNewRoom(now + fiveMinutesMs, now);
  clock.noteAnswer(dated(now), now);
  expect(Math.abs(clock.offsetMs() - fiveMinutesMs)).toBeLessThanOrEqual(500);
});

/** A server that dates its answers `offsetMs` ahead, and refuses requests until `refusals` are used up. */
async function livekit(
  offsetMs: number,
  refusals = 0,
  words = 'token has invalid claims: token is not valid yet',
) {
  let left = refusals;
  const asked: { nbf: number; exp: number }[] = [];
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('date', dated(Date.now() + offsetMs));
    if (request.method !== 'POST') return response.end('OK');
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    asked.push(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
    left -= 1;
    const isRefused = left >= 0;
    response.writeHead(isRefused ? 401 : 200, {
      'content-type': isRefused ? 'text/plain' : 'application/json',
    });
    return response.end(isRefused ? `invalid token: ${token}, error: ${words}` : '{}');
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { media: makeLiveKitMediaServer({ url, publicUrl: url, ...keys }), asked };
}

test.each([fiveMinutesMs, -fiveMinutesMs])('tokens go by a clock that is %i ms ahead', async (offsetMs) => {
  const { media } = await livekit(offsetMs);
  const token = await media.token('parley_room', alice, 'Alice');
  const { nbf, exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(Math.abs(nbf * 1000 - Date.now() - offsetMs)).toBeLessThan(5000);
  expect(exp - nbf).toBe(60);
});

test('a request refused for its time is repeated by the clock that turned out to be off', async () => {
  const { media, asked } = await livekit(-fiveMinutesMs, 1);
  expect(await media.listRooms('parley_')).toEqual([]);
  expect(asked).toHaveLength(2);
  expect(Math.abs((asked[1]?.nbf ?? 0) * 1000 - Date.now() + fiveMinutesMs)).toBeLessThan(5000);
});

test.each([
  ['token has invalid claims: token is expired', 'its clock and ours differ'],
  ['token signature is invalid', 'LIVEKIT_API_KEY and LIVEKIT_API_SECRET'],
])('a refusal with "%s" is logged without the token that LiveKit repeats in it', async (words, reason) => {
  const { media } = await livekit(0, 9, words);
  const failure: unknown = await media.listRooms('parley_').catch((error: unknown) => error);
  if (!(failure instanceof MediaUnavailable)) throw new Error('not refused');
  const logged = `${failure.stack} ${failure.cause instanceof Error ? failure.cause.stack : ''}`;
  expect(logged).toContain(reason);
  expect(logged).not.toContain('eyJ');
  expect(await media.ping(), 'health does not call that well').toBe(false);
});

test('a webhook is verified by LiveKit’s clock, and no wider', async () => {
  const event = { id: 'EV_1', type: 'participant_left' as const, room: 'parley_room', participant: null };
  const body = webhookBody(event);
  const pair = { key: keys.apiKey, secret: keys.apiSecret };
  for (const offsetMs of [fiveMinutesMs, -fiveMinutesMs]) {
    const read = makeWebhookReader({ ...keys, livekitNow: () => Date.now() + offsetMs });
    const aged = (seconds: number) => signWebhook(body, pair, { ageSeconds: seconds - offsetMs / 1000 });
    expect((await read(body, aged(0))).id).toBe('EV_1');
    expect((await read(body, aged(350))).id).toBe('EV_1');
    await expect(read(body, aged(361))).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(read(body, aged(-70))).rejects.toMatchObject({ code: 'unauthenticated' });
  }
});
