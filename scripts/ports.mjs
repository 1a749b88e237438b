import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { StartError } from './progress.mjs';

/**
 * True when nobody listens there.
 * @param {number} port
 * @param {string} host
 * @param {'tcp' | 'udp'} [protocol]
 * @returns {Promise<boolean>}
 */
export function isPortFree(port, host, protocol = 'tcp') {
  return new Promise((resolve) => {
    if (protocol === 'udp') {
      const socket = createSocket('udp4');
      socket.once('error', () => resolve(false));
      socket.bind(port, host, () => socket.close(() => resolve(true)));
      return;
    }
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/**
 * @param {number} port
 * @param {string} host
 * @throws {StartError} when the app's port is taken
 */
export async function requireAppPort(port, host) {
  if (await isPortFree(port, host)) return;
  throw new StartError(
    `Port ${port} on ${host} is taken by another program. Choose another one with PORT, for example:\n  PORT=${port + 1} npm start`,
  );
}

/**
 * The three ports of the embedded LiveKit server: signalling, media over TCP, media over UDP.
 * @param {number} first
 * @throws {StartError} when one is taken
 */
export async function requireLivekitPorts(first) {
  const uses = /** @type {const} */ ([
    [first, 'tcp', 'signalling'],
    [first + 1, 'tcp', 'sound and picture over TCP'],
    [first + 2, 'udp', 'sound and picture over UDP'],
  ]);
  for (const [port, protocol, what] of uses) {
    if (await isPortFree(port, '127.0.0.1', protocol)) continue;
    throw new StartError(
      `Port ${port}/${protocol} (LiveKit: ${what}) is taken by another program. Choose the first of three free ports with LIVEKIT_PORT, for example:\n  LIVEKIT_PORT=${first + 10} npm start`,
    );
  }
}
