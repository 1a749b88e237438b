import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { calls, rings, webhookDeliveries } from '@/db/schema';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { loadCall } from '@/lib/calls/reads/load-call';
import { callIdSchema } from '@/lib/ids';
import { makeLiveKitMediaServer } from '@/lib/media/livekit-media-server';
import { makeWebhookReader } from '@/lib/media/livekit-webhook';
import { MediaUnavailable } from '@/lib/media/media-server';
import { routes } from '@/lib/routes/registry';
import { faultCase } from '../support/fault-case';
import { tabOf } from '../support/in-process-call';
import { type LiveKitProcess, startLiveKitProcess } from '../support/livekit-process';
import { ask as askRoute, makeTestApp } from '../support/make-test-deps';
import { openMediaBrowser } from '../support/media-browser';
import { runRoute } from '../support/run-route';
import { waitFor } from '../support/wait-for';

const healthRoute = routes['GET /api/health'];
const webhookRoute = routes['POST /api/livekit/webhook'];

const fault = faultCase(46);
const fiveMinutesMs = 300_000;

/** LiveKit's webhooks go through the app's own route; returns the statuses of its answers. */
async function webhookDoor() {
  const statuses: number[] = [];
  const server = createServer(async (asked, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk);
    const { authorization = '' } = asked.headers;
    const url = 'http://localhost/api/livekit/webhook';
    const hook = new Request(url, {
      method: 'POST',
      body: Buffer.concat(chunks),
      headers: { authorization },
    });
    const { status } = await runRoute(webhookRoute, hook);
    statuses.push(status);
    answer.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { statuses, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** Parley's side with a wall clock that is off by `shiftMs`, so that LiveKit's real one is off by the opposite. */
async function offBy(shiftMs: number, livekit: LiveKitProcess, url = livekit.url) {
  const app = await makeTestApp();
  const { apiKey, apiSecret } = livekit;
  const wallNow = () => Date.now() + shiftMs;
  const media = makeLiveKitMediaServer({ url, publicUrl: livekit.url, apiKey, apiSecret, wallNow });
  app.deps.media = media;
  app.deps.clock = { now: app.clock.now, wallNow };
  app.deps.readWebhook = makeWebhookReader({
    apiKey,
    apiSecret,
    livekitNow: () => wallNow() + media.clockOffsetMs(),
  });
  const [alice, bob] = [await app.makeUser('Alice'), await app.makeUser('Bob')];
  const conversationId = await app.makeConversation('direct', [alice, bob]);
  const start = () =>
    startCall(app.deps, alice, {
      target: { conversationId },
      requestId: null,
      clientId: tabOf(alice),
      switchFrom: null,
    });
  const health = async () => {
    const answer = await askRoute(app, healthRoute, null);
    return { status: answer.status, ...(await answer.json()) };
  };
  return { app, alice, bob, start, health };
}

it.each([
  ['ahead', -fiveMinutesMs],
  ['behind', fiveMinutesMs],
] as const)(
  'LiveKit’s clock five minutes %s: both join, webhooks are taken, health names it',
  async (where, shiftMs) => {
    const door = await webhookDoor();
    const livekit = await startLiveKitProcess({ webhookUrl: door.url });
    onTestFinished(livekit.close, 30_000);
    const browser = await openMediaBrowser(livekit.url);
    onTestFinished(browser.close, 30_000);
    const { app, bob, start, health } = await offBy(shiftMs, livekit);
    fault.did(`Parley's clock is shifted by ${shiftMs} ms: LiveKit's is five minutes ${where}`);
    await reconcileCalls(app.deps, { isFirst: true });

    const started = await start();
    await browser.join(started.media.token);
    const callId = callIdSchema.parse(started.call.id);
    const request = { callId, clientId: tabOf(bob), switchFrom: null };
    const accepted = await enterCall(app.deps, bob, request);
    await browser.join(accepted.media.token);

    const areUp = async () => {
      const call = await loadCall(app.deps.db, callId);
      return (
        call?.participations.length === 2 && call.participations.every((part) => part.state === 'connected')
      );
    };
    // No reconcile runs meanwhile: only webhooks can bring the change.
    await waitFor('both seen by webhooks', areUp, 10_000);
    expect(new Set(door.statuses)).toEqual(new Set([200]));
    expect(await app.deps.db.$count(webhookDeliveries)).toBeGreaterThanOrEqual(2);
    const { livekitClockOffsetSeconds, ...rest } = await health();
    expect(rest).toEqual({ status: 200, database: true, livekit: true });
    fault.within(
      'error of the offset that health names',
      2000,
      Math.abs(livekitClockOffsetSeconds * 1000 + shiftMs),
    );

    // Nor is the room, five minutes old by our clock, taken for one that never got a call.
    const room = 'parley_about_to_get_a_call';
    await app.deps.media.createRoom(room);
    const [found] = await app.deps.media.findRooms([room]);
    expect(Math.abs((found?.createdAtMs ?? 0) - app.deps.clock.wallNow())).toBeLessThan(5000);
  },
);

it('LiveKit behind, with a web server in front that dates its answers otherwise: refused before anyone rings', async () => {
  const livekit = await startLiveKitProcess({ webhookUrl: 'http://127.0.0.1:9/closed' });
  onTestFinished(livekit.close, 30_000);
  const front = createServer((asked, answer) => {
    const { method, headers, url: path } = asked;
    const onward = ask(`${livekit.url.replace('ws', 'http')}${path}`, { method, headers }, (found) => {
      const date = new Date(Date.now() + fiveMinutesMs).toUTCString();
      answer.writeHead(found.statusCode ?? 502, { ...found.headers, date });
      found.pipe(answer);
    });
    asked.pipe(onward);
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => front.once('listening', listening));
  onTestFinished(() => {
    front.closeAllConnections();
    front.close();
  });
  const address = `ws://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const { app, start, health } = await offBy(fiveMinutesMs, livekit, address);
  fault.did('LiveKit is five minutes behind, and its answers carry our time');
  await expect(start()).rejects.toThrow(MediaUnavailable);
  expect([await app.deps.db.$count(calls), await app.deps.db.$count(rings)]).toEqual([0, 0]);
  expect(await health()).toMatchObject({ status: 503, livekit: false });
  const said = await app.deps.media.listRooms('parley_').catch((error: Error) => String(error.cause));
  expect(said).toContain('its clock and ours differ');
  expect(said).not.toContain('eyJ');
});
