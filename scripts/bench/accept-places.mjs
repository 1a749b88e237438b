import { startLiveKitProcess } from '../../tests/support/livekit-process.ts';
import { startApp } from '../../tests/support/running-app.ts';
import { freePort } from '../free-ports.mjs';
import { readSecrets } from '../secrets.mjs';
import { serveFloor } from './floor-accept.mjs';
import { serveSink } from './floor-sink.mjs';
import { benchSlot } from './people.mjs';
import { farAddress, relayTcp, relayUdp } from './relays.mjs';

/**
 * Parley and the floor, on the same LiveKit, as the pages reach them.
 * @typedef {object} Place
 * @property {import('../../tests/support/running-app.ts').RunningApp} app
 * @property {string} url Parley for the pages
 * @property {string} floorUrl
 * @property {{ url: string, key: string, secret: string }} livekit directly, for what a measurement asks itself
 * @property {(pair: number) => void} begin before each accept; both of a pair meet the same losses
 * @property {() => void} check after it: throws when its sound came another way
 * @property {() => Promise<void>} stop
 */

/** One way; a round trip takes twice as long. */
const delayMs = 50;

/** @returns {Promise<Place>} everything on loopback, and nothing between */
export async function placeNearby(/** @type {Record<string, string>} */ settings) {
  const app = await startApp(settings);
  const { livekitKey: key, livekitSecret: secret } = readSecrets(app.dataDir);
  const livekit = { url: `http://127.0.0.1:${app.livekitPort}`, key, secret };
  const floor = await serveFloor({
    port: await freePort(4700),
    livekitUrl: livekit.url.replace('http', 'ws'),
    key,
    secret,
  });
  const stop = async () => {
    floor.stop();
    await app.stop();
  };
  return { app, url: app.url, floorUrl: floor.url, livekit, begin: () => {}, check: () => {}, stop };
}

/**
 * The same with relays between the pages and everything that they speak to: 50 ms each way, and `loss` of the media's
 * datagrams, a share. LiveKit names the relay's address as its own, takes no media by TCP, and sends nothing of its own
 * accord to addresses that pages name (ICE lite): there is no other way than the relay.
 * @param {Record<string, string>} settings
 * @param {number} loss
 * @returns {Promise<Place>}
 */
export async function placeFarAway(settings, loss) {
  const webhookPort = await freePort(5800);
  const livekitPort = await freePort(6200);
  const [appPort, floorPort, ownFloorPort] = [livekitPort + 1, livekitPort + 2, await freePort(4700)];
  let appUrl = '';
  const webhooks = await serveSink(webhookPort, () => appUrl);
  const own = await startLiveKitProcess({
    webhookUrl: `http://127.0.0.1:${webhookPort}/`,
    rtc: {
      ...{ node_ip: farAddress, ips: { includes: ['127.0.0.1/32'] } },
      ...{ tcp_port: undefined, use_ice_lite: true },
    },
  });
  const port = Number(new URL(own.url).port);
  const media = await relayUdp({ port: port + 2, delayMs, loss });
  const livekit = { url: own.url.replace('ws', 'http'), key: own.apiKey, secret: own.apiSecret };
  const farLivekit = `ws://127.0.0.1:${livekitPort}`;
  const app = await startApp(
    {
      ...settings,
      LIVEKIT_URL: own.url,
      LIVEKIT_PUBLIC_URL: farLivekit,
      LIVEKIT_API_KEY: own.apiKey,
      LIVEKIT_API_SECRET: own.apiSecret,
    },
    benchSlot,
  );
  appUrl = app.url;
  const floor = await serveFloor({ port: ownFloorPort, livekitUrl: farLivekit, ...livekit });
  const relays = [
    await relayTcp({ port: livekitPort, target: port, delayMs }),
    await relayTcp({ port: appPort, target: app.port, delayMs }),
    await relayTcp({ port: floorPort, target: ownFloorPort, delayMs }),
  ];
  return {
    ...{ app, livekit },
    url: `http://127.0.0.1:${appPort}`,
    floorUrl: `http://127.0.0.1:${floorPort}`,
    begin: media.begin,
    check() {
      const { up, down } = media.media();
      if (up === 0 || down === 0)
        throw new Error(`the relay passed ${up} packets of sound up and ${down} down`);
    },
    async stop() {
      floor.stop();
      for (const end of relays) end();
      await app.stop();
      await own.close();
      media.stop();
      webhooks.stop();
    },
  };
}
