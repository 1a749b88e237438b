import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { ClientId, UserId } from '@/lib/ids';
import { makeLiveKitMediaServer } from '@/lib/media/livekit-media-server';
import { MediaUnavailable } from '@/lib/media/media-server';

const alice = { userId: 'user_alice' as UserId, clientId: 'tab00001' as ClientId };
const keys = { apiKey: 'key', apiSecret: 'a secret of more than 32 characters' };

test('a token joins one room for a minute, to speak and to hear, and allows nothing else', async () => {
  const media = makeLiveKitMediaServer({
    url: 'ws://127.0.0.1:1',
    publicUrl: 'wss://media.example.org',
    ...keys,
  });
  const token = await media.token('parley_room', alice, 'Alice');
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const { nbf, exp, ...rest } = claims;
  expect(rest).toEqual({
    iss: 'key',
    sub: 'user_alice.tab00001',
    name: 'Alice',
    video: {
      roomJoin: true,
      room: 'parley_room',
      canPublish: true,
      canSubscribe: true,
      canPublishData: false,
    },
  });
  expect(exp - nbf).toBe(60);
  expect(Math.abs(nbf - Date.now() / 1000)).toBeLessThan(5);
  expect(media.publicUrl).toBe('wss://media.example.org');
});

test('a listener’s token joins in hiding, to hear only, as one whom no room counts', async () => {
  const media = makeLiveKitMediaServer({ url: 'ws://127.0.0.1:1', publicUrl: 'wss://x', ...keys });
  const token = await media.token('parley_room', alice, 'Alice', 'listener');
  const { kind, video } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(kind).toBe('agent');
  // The grant of that name would let its bearer register as a worker.
  expect(video).toEqual({
    ...{ roomJoin: true, room: 'parley_room', canSubscribe: true, canPublishData: false },
    ...{ canPublish: false, hidden: true },
  });
});

async function withServer(status: number, body: string, work: (url: string) => Promise<void>) {
  const server = createServer((_request, response) => {
    if (status === 0) return; // Takes the request and never answers.
    response
      .writeHead(status, { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json' })
      .end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    await work(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('a server that takes requests and never answers counts as down after two seconds', async () => {
  await withServer(0, '', async (url) => {
    const media = makeLiveKitMediaServer({ url, publicUrl: url, ...keys });
    const startedAt = Date.now();
    const asked = [
      media.createRoom('parley_x'),
      media.deleteRoom('parley_x'),
      media.listParticipants('parley_x'),
    ];
    await Promise.all(asked.map((one) => expect(one).rejects.toThrow(MediaUnavailable)));
    expect(await media.ping()).toBe(false);
    expect(Date.now() - startedAt).toBeLessThan(4500);
  });
});

test('a failure of the server, wrong keys or a stranger at its address are not mistaken for "not there"', async () => {
  for (const [status, body] of [
    [500, '{"code":"internal","msg":"x"}'],
    [503, '{"code":"unavailable","msg":"x"}'],
    [401, '{"code":"unauthenticated","msg":"x"}'],
    [404, '<html>not a LiveKit server</html>'],
  ] as const) {
    await withServer(status, body, async (url) => {
      const media = makeLiveKitMediaServer({ url, publicUrl: url, ...keys });
      await expect(media.deleteRoom('parley_x')).rejects.toThrow(MediaUnavailable);
      await expect(media.removeParticipant('parley_x', alice)).rejects.toThrow(MediaUnavailable);
      await expect(media.listParticipants('parley_x')).rejects.toThrow(MediaUnavailable);
    });
  }
});
