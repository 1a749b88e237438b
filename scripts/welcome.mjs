import { networkInterfaces } from 'node:os';
import { isEveryAddress, ownAddress } from './own-address.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

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
function demoWords(/** @type {Settings} */ { port, host }, /** @type {string[]} */ data) {
  const own = ownAddress(host, port);
  const isLoopback = /^http:\/\/(127\.|\[::1\])/.test(own);
  return [
    `  Parley is at  ${isLoopback ? `http://localhost:${port}` : own}`,
    '',
    '  Sign in as    alice, bob, carol, dave or erin; the password is parley-demo',
    ...data,
    '',
    ...(isLoopback
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
