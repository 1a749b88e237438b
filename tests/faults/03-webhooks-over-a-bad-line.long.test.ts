import { RoomServiceClient } from 'livekit-server-sdk';
import { expect, it, onTestFinished } from 'vitest';
import { readSecrets } from '@/scripts/secrets.mjs';
import { type ApiPerson, entered, makePeople, viewIn } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { startWebhookProxy } from '../support/fault-proxy';
import { openMediaBrowser } from '../support/media-browser';
import { ownApp } from '../support/own-app';
import { waitFor } from '../support/wait-for';

const fault = faultCase(3);
const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31));

it(`webhooks lost, doubled, late and out of order lead to no wrong end (seed ${seed})`, async () => {
  // LiveKit needs the proxy's address before the app has a port: the proxy's target is set later.
  const proxy = await startWebhookProxy(seed);
  onTestFinished(() => proxy.close());
  const app = await ownApp({ LIVEKIT_WEBHOOK_URL: proxy.url, CALL_RING_SECONDS: '60' });
  proxy.sendTo(`${app.url}/api/livekit/webhook`);
  const browser = await openMediaBrowser(`ws://127.0.0.1:${app.livekitPort}`);
  onTestFinished(() => browser.close());
  const { livekitKey, livekitSecret } = readSecrets(app.dataDir);
  const rooms = new RoomServiceClient(`http://127.0.0.1:${app.livekitPort}`, livekitKey, livekitSecret);

  for (let round = 0; round < 4; round += 1) {
    const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
    const started = await alice.call(bob);
    const id = started.call.id;
    const hers = await browser.join(started.media.token);
    const his = await browser.join(entered(await bob.accept(id)).media.token);
    await waitFor(
      'both to be up',
      async () =>
        viewIn(await alice.ask('GET', `/api/calls/${id}`)).people.every(
          ({ participation }) => participation?.state === 'joined' && !participation.isConnecting,
        ),
      10_000,
    );
    fault.did(
      `round ${round + 1}: ${round % 2 === 0 ? 'Bob' : 'Alice'} disconnects from LiveKit without a request to the app`,
    );
    const since = performance.now();
    await (round % 2 === 0 ? his : hers).leave();
    await waitFor(
      'the end',
      async () => viewIn(await alice.ask('GET', `/api/calls/${id}`)).status === 'ended',
      20_000,
    );
    // The rejoin time of 5 s, and with every webhook lost a tick of the reconciler more.
    fault.within('ended after a participant vanished', 5000 + 10_000, performance.now() - since);
    expect(viewIn(await bob.ask('GET', `/api/calls/${id}`)).endReason).toBe('completed');
  }
  await waitFor('every room’s end', async () => (await rooms.listRooms()).length === 0, 5000);
  fault.did(`the line: ${JSON.stringify(proxy.deeds)}`);
});
