import { isPortFree } from './ports.mjs';

/**
 * @param {number} from where to start looking
 * @returns {Promise<number>} a free port on loopback
 */
export async function freePort(from) {
  for (let port = from; port < from + 500; port += 1) {
    if (await isPortFree(port, '127.0.0.1')) return port;
  }
  throw new Error(`no free port from ${from} on`);
}

/**
 * @param {number} from where to start looking
 * @returns {Promise<number>} the first of LiveKit's three ports and one for its webhooks, all free
 */
export async function freeLivekitPorts(from) {
  for (let port = from; port < from + 500; port += 10) {
    const free = [
      isPortFree(port, '127.0.0.1'),
      isPortFree(port + 1, '127.0.0.1'),
      isPortFree(port + 2, '127.0.0.1', 'udp'),
      isPortFree(port + 3, '127.0.0.1'),
    ];
    if ((await Promise.all(free)).every(Boolean)) return port;
  }
  throw new Error(`no free ports for LiveKit from ${from} on`);
}
