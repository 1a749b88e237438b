import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { StartError } from './progress.mjs';

/**
 * Returns true when no process listens on the port.
 * @param {number} port
 * @param {string} host
 * @param {'tcp' | 'udp'} [protocol]
 * @returns {Promise<boolean>}
 */
export async function isPortFree(port, host, protocol = 'tcp') {
  return (await whyNot(port, host, protocol)) === undefined;
}

/**
 * Listens there for a moment.
 * @param {number} port
 * @param {string} host
 * @param {'tcp' | 'udp'} protocol
 * @returns {Promise<string | undefined>} the system's code when that is not possible
 */
function whyNot(port, host, protocol) {
  return new Promise((resolve) => {
    const fail = (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? error.message);
    if (protocol === 'udp') {
      const socket = createSocket('udp4');
      socket.once('error', fail);
      socket.bind(port, host, () => socket.close(() => resolve(undefined)));
      return;
    }
    const server = createServer();
    server.once('error', fail);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/**
 * @param {number} port
 * @param {string} host
 * @throws {StartError} when the app can't listen there, with what to change
 */
export async function requireAppPort(port, host) {
  const why = await whyNot(port, host, 'tcp');
  if (why === undefined) return;
  if (why === 'EADDRINUSE') {
    throw new StartError(
      `Port ${port} on ${host} is taken by another program. Choose another one with PORT, for example:\n  PORT=${port + 1} npm start`,
    );
  }
  if (why === 'EACCES') {
    throw new StartError(
      `Port ${port} is not open to this user (ports below 1024 often are not). Choose another one with PORT, for example:\n  PORT=3000 npm start`,
    );
  }
  throw new StartError(
    `HOSTNAME is "${host}", and this machine can't listen there (${why}). Leave it out for 127.0.0.1, or name an address of this machine.`,
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
