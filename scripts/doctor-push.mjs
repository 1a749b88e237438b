/** `npm run doctor -- push`: whether devices can be rung while Parley is closed, and how to try it. */
import { lookup } from 'node:dns/promises';
import { existsSync } from 'node:fs';
import { request } from 'node:https';
import { pinnedNode } from './paths.mjs';
import { StartError } from './progress.mjs';

/** One address of each push service that browsers use; devices have others of the same services. */
const services = [
  ['Chrome, Edge on Android', 'fcm.googleapis.com'],
  ['Firefox', 'updates.push.services.mozilla.com'],
  ['Safari, iPhone', 'web.push.apple.com'],
  ['Edge', 'wns2-par02p.notify.windows.com'],
];
const reachWithinMs = 5000;

const howToTry = `
  Try it: open Parley on a phone or computer, sign in, switch on "Ring when Parley is closed" in Settings, press
  "Send a test" there, close Parley and let someone call. On an iPhone or iPad Parley must be on the Home Screen.
  What only a device can show: its buttons, its vibration, and whether its system lets notifications through.`;

/**
 * @param {(label: string, check: () => Promise<string> | string) => Promise<void>} look says what a check returns or throws
 * @param {{ dataDir: string, databaseUrl?: string | undefined, publicUrl?: string | undefined }} settings
 */
export async function lookAtPush(look, { dataDir, databaseUrl, publicUrl }) {
  await look('Address', () => {
    if (!publicUrl) return 'PARLEY_URL is not set: only browsers on this machine can be rung';
    if (!publicUrl.startsWith('https://'))
      throw new StartError(`PARLEY_URL ${publicUrl} lacks https, without which browsers have no push`);
    return publicUrl;
  });
  if (publicUrl?.startsWith('https://')) await look('Worker', () => fetchWorker(publicUrl));
  for (const [browsers, host] of services) await look(host, () => reachService(browsers, host));
  await look('Devices', () => countDevices({ dataDir, databaseUrl }));
  console.log(howToTry);
}

/** A proxy that serves it as something else, or from a cache, keeps browsers from ringing. */
async function fetchWorker(/** @type {string} */ publicUrl) {
  const address = new URL('/service-worker.js', publicUrl);
  const answer = await fetch(address, { signal: AbortSignal.timeout(reachWithinMs) }).catch((error) => {
    throw new StartError(`nothing answers at ${address} (${error.cause?.code ?? error.message})`);
  });
  const type = answer.headers.get('content-type') ?? '';
  if (!answer.ok || !type.includes('javascript'))
    throw new StartError(`${address} answers ${answer.status} ${type}, and should be JavaScript`);
  return `${address} is served`;
}

/** Any answer will do: it shows that the name resolves, and that port 443 is let out. */
async function reachService(/** @type {string} */ browsers, /** @type {string} */ host) {
  const words = `${browsers} can't be rung: a firewall must let this machine reach ${host} on port 443`;
  const found = await lookup(host).catch((error) => {
    throw new StartError(`${words}; its name is not found (${error.code})`);
  });
  await new Promise((resolve, reject) => {
    const asked = request({ host, method: 'HEAD', path: '/', timeout: reachWithinMs }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${reachWithinMs / 1000} s`)));
    asked.on('error', (error) => reject(new StartError(`${words} (${error.message})`)));
    asked.end();
  });
  return `${browsers}: answers at ${found.address}`;
}

async function countDevices(/** @type {{ dataDir: string, databaseUrl?: string | undefined }} */ where) {
  if (!existsSync(pinnedNode))
    throw new StartError('the dependencies are not installed yet; npm start installs them');
  const { withCommunityDatabase } = await import('./community-database.mjs');
  return withCommunityDatabase(where, async ({ rows }) => {
    const [devices] = await rows('select count(*) as count, count(refused_at) as refused from push_devices');
    const [waiting] = await rows('select count(*) as count from push_outbox where not is_settled');
    const words = `${devices.count} are rung without a page; ${waiting.count} messages wait to be sent`;
    if (devices.refused > 0)
      throw new StartError(
        `${words}; the push service of ${devices.refused} refused the last message: see "a push was not taken" in the log`,
      );
    return words;
  });
}
