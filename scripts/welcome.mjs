import { networkInterfaces } from 'node:os';
import { isEveryAddress, ownAddress } from './own-address.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

/**
 * Where people open this Parley.
 * @param {Pick<Settings, 'port' | 'host' | 'publicUrl'>} settings
 * @returns {string}
 */
export function addressOf({ port, host, publicUrl }) {
  if (publicUrl) return publicUrl;
  return isLoopback(host, port) ? `http://localhost:${port}` : ownAddress(host, port);
}

function isLoopback(/** @type {string} */ host, /** @type {number} */ port) {
  return /^http:\/\/(127\.|\[::1\])/.test(ownAddress(host, port));
}

/**
 * What a second start in the same folder says.
 * @param {import('./app-process.mjs').Run & { job: import('./processes.mjs').ProcessRef }} run
 * @param {string} dataDir
 */
export function alreadyRunning({ job, app, address }, dataDir) {
  const words = app
    ? `Parley already runs here: ${address}`
    : `Parley is already being started here; it will be at ${address}`;
  return [
    `  ${words}`,
    '',
    `  Process       ${job.pid}; Ctrl-C in its terminal stops it (or: kill ${job.pid})`,
    `  Data          ${dataDir}`,
    '                (for a second Parley choose another folder with PARLEY_DATA_DIR, and other ports)',
    '',
  ].join('\n');
}

/**
 * What the person at the terminal reads once Parley serves.
 * @param {Settings} settings
 * @returns {string}
 */
export function welcome(settings) {
  const { port, host, dataDir, publicUrl, ownLivekit } = settings;
  const media = ownLivekit
    ? `your LiveKit server at ${ownLivekit.url}`
    : `an embedded LiveKit server (its log: ${dataDir}/livekit/livekit.log)`;
  const data = [`  Data          ${dataDir}`, `  Calls         ${media}`];
  const words = publicUrl
    ? [`  Parley serves ${publicUrl} (listening on ${host}:${port})`, '', ...data]
    : demoWords(settings, data);
  return ['', ...words, '', '  Ctrl-C stops it.', ''].join('\n');
}

/** @returns {string[]} */
function demoWords(/** @type {Settings} */ settings, /** @type {string[]} */ data) {
  const { port, host } = settings;
  const own = ownAddress(host, port);
  return [
    `  Parley is at  ${addressOf(settings)}`,
    '',
    '  Sign in as    alice, bob, carol, dave or erin; the password is parley-demo',
    ...data,
    '',
    ...(isLoopback(host, port)
      ? [
          '  Try it alone  Alice at the address above, Bob in the same browser at',
          `                ${own} (with headphones, or it howls)`,
        ]
      : [
          '  No calls      a browser gives its microphone to https pages and to localhost only:',
          '                leave HOSTNAME out to call, on this machine',
        ]),
    ...(isEveryAddress(host) ? networkWords(port) : []),
    '  On a phone    a browser gives its microphone to https pages only, so a phone on',
    '                your network needs PARLEY_URL and your own LiveKit: see README.md',
  ];
}

/** @returns {string[]} */
function networkWords(/** @type {number} */ port) {
  const addresses = Object.values(networkInterfaces())
    .flatMap((known) => known ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => ownAddress(address, port));
  return [
    `  Your network  reads and writes at ${addresses[0] ?? `port ${port} of this machine`}, without calls,`,
    '                and everybody there knows the passwords above',
  ];
}
