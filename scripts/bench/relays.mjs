import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from './statistics.mjs';

/** The address at which the relay of media listens; all of 127.0.0.0/8 is this machine on Linux. */
export const farAddress = '127.0.0.2';

/**
 * Passes TCP connections on with a delay each way; opening one costs its round trip, as its handshake would.
 * @param {{ port: number, target: number, delayMs: number }} options both on loopback
 * @returns {Promise<() => void>} ends it
 */
export async function relayTcp({ port, target, delayMs }) {
  const pass = (
    /** @type {import('node:net').Socket} */ from,
    /** @type {import('node:net').Socket} */ to,
    /** @type {number} */ openAt,
  ) => {
    let passed = Promise.resolve();
    const later = (/** @type {() => void} */ act) => {
      const at = Math.max(performance.now(), openAt) + delayMs;
      passed = passed.then(() => pause(Math.max(0, at - performance.now()))).then(act);
    };
    from.on('data', (bytes) => later(() => to.write(bytes)));
    from.on('close', () => later(() => to.destroy()));
    from.on('error', () => {});
  };
  const server = createServer({ noDelay: true }, (client) => {
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true });
    pass(client, far, performance.now() + 2 * delayMs);
    pass(far, client, 0);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return () => server.close();
}

/**
 * Passes datagrams on with a delay each way, and loses some: those with the same numbers since `begin`, for each sender.
 * @param {{ port: number, delayMs: number, loss: number }} options the port is LiveKit's, at `farAddress`; `loss` a share
 */
export async function relayUdp({ port, delayMs, loss }) {
  const front = createSocket('udp4');
  /** @typedef {{ far: import('node:dgram').Socket, lots: Record<'up' | 'down', () => number> }} Link */
  /** @type {Map<string, Link>} */
  const links = new Map();
  const media = { up: 0, down: 0 };
  let turn = 0;
  const drawLots = () => ({ up: seeded(2 * turn), down: seeded(2 * turn + 1) });
  const pass = (
    /** @type {Link} */ { lots },
    /** @type {'up' | 'down'} */ way,
    /** @type {Buffer} */ packet,
    /** @type {() => void} */ send,
  ) => {
    if (lots[way]() < loss) return;
    if (isMedia(packet)) media[way] += 1;
    setTimeout(send, delayMs);
  };
  front.on('message', (packet, { address, port: from }) => {
    const sender = `${address}:${from}`;
    const known = links.get(sender);
    const link = known ?? { far: createSocket('udp4'), lots: drawLots() };
    if (!known) {
      links.set(sender, link);
      link.far.on('message', (back) => pass(link, 'down', back, () => front.send(back, from, address)));
    }
    pass(link, 'up', packet, () => link.far.send(packet, port, '127.0.0.1'));
  });
  front.bind(port, farAddress);
  await once(front, 'listening');
  return {
    /** Draws anew which packets are lost, the same for the same number, and counts from zero. */
    begin(/** @type {number} */ number) {
      turn = number;
      Object.assign(media, { up: 0, down: 0 });
      for (const link of links.values()) link.lots = drawLots();
    },
    /** Packets of sound that came through in each direction since `begin`. */
    media: () => ({ ...media }),
    stop() {
      for (const { far } of links.values()) far.close();
      front.close();
    },
  };
}

/** RTP: version 2, and no type that RTCP uses (RFC 5761). */
function isMedia(/** @type {Buffer} */ [first = 0, second = 0]) {
  const type = second & 0x7f;
  return first >> 6 === 2 && (type < 64 || type > 95);
}
