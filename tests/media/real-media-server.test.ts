import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RoomServiceClient } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import type { ClientId, UserId } from '@/lib/ids';
import { makeLiveKitMediaServer } from '@/lib/media/livekit-media-server';
import { makeWebhookReader } from '@/lib/media/livekit-webhook';
import { formatIdentity, type MediaEvent } from '@/lib/media/media-server';
import { startLiveKitProcess } from '../support/livekit-process';
import { openMediaBrowser } from '../support/media-browser';
import { describeMediaServer, type MediaWorld } from './contract';

describeMediaServer('the real LiveKit server', async (): Promise<MediaWorld> => {
  const inbox = await openInbox();
  const livekit = await startLiveKitProcess({ webhookUrl: inbox.url });
  inbox.readWith(makeWebhookReader(livekit));
  const browser = await openMediaBrowser(livekit.url);
  return {
    media: makeLiveKitMediaServer({ ...livekit, publicUrl: livekit.url }),
    join: browser.join,
    waitForEvent: inbox.waitForEvent,
    goDown: livekit.kill,
    comeBack: livekit.start,
    async close() {
      await browser.close();
      await livekit.close();
      await inbox.close();
    },
  };
});

test('a participant whose media never connected is not in the room, and has left once the connection closes', async () => {
  const inbox = await openInbox();
  const livekit = await startLiveKitProcess({ webhookUrl: inbox.url });
  inbox.readWith(makeWebhookReader(livekit));
  const media = makeLiveKitMediaServer({ ...livekit, publicUrl: livekit.url });
  const alice = { userId: 'user_alice' as UserId, clientId: 'tab00001' as ClientId };
  await media.createRoom('parley_half');
  const token = await media.token('parley_half', alice, 'Alice');

  // Only the signalling socket, as of a browser behind a firewall that lets no media through.
  const socket = new WebSocket(`${livekit.url}/rtc?access_token=${token}&protocol=16&auto_subscribe=1`);
  socket.binaryType = 'arraybuffer';
  await new Promise((hello, failed) => {
    socket.onmessage = hello;
    socket.onerror = failed;
  });
  const everyone = await new RoomServiceClient(
    livekit.url,
    livekit.apiKey,
    livekit.apiSecret,
  ).listParticipants('parley_half');
  expect(everyone.map((one) => one.identity)).toEqual([formatIdentity(alice)]);
  expect(await media.listParticipants('parley_half')).toEqual([]);

  socket.close();
  const left = await inbox.waitForEvent((event) => event.type === 'participant_left');
  expect(left.participant).toEqual({ identity: alice, sid: everyone[0]?.sid });
  await livekit.close();
  await inbox.close();
});

type Reader = ReturnType<typeof makeWebhookReader>;

/** Receives webhooks as the app does; one that does not verify fails the test that waits. */
async function openInbox() {
  const events: MediaEvent[] = [];
  const onChange = new Set<() => void>();
  let failure: unknown = null;
  let read: Reader | null = null;

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    try {
      if (!read) throw new Error('a webhook before the server started');
      const body = Buffer.concat(chunks).toString('utf8');
      events.push(await read(body, request.headers.authorization ?? null));
    } catch (error) {
      failure = error;
    }
    response.writeHead(200).end();
    for (const look of onChange) look();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/api/livekit/webhook`,
    readWith(reader: Reader) {
      read = reader;
    },
    waitForEvent(matches: (event: MediaEvent) => boolean): Promise<MediaEvent> {
      return new Promise((resolve, reject) => {
        const look = () => {
          const event = events.find(matches);
          if (!failure && !event) return;
          onChange.delete(look);
          if (failure) reject(failure);
          else if (event) resolve(event);
        };
        onChange.add(look);
        look();
      });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
