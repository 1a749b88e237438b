import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { farAddress, relayTcp, relayUdp } from '@/scripts/bench/relays.mjs';
import { seeded } from '@/scripts/bench/statistics.mjs';
import { freePort } from '@/scripts/free-ports.mjs';

const delayMs = 30;

test('a request over the relay takes the connection’s round trip and its own', async () => {
  const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = await freePort(6700);
  const stop = await relayTcp({ port, target: (server.address() as AddressInfo).port, delayMs });
  const since = performance.now();
  const client = connect({ port, host: '127.0.0.1' });
  client.write('one ');
  client.write('two');
  let heard = '';
  for await (const bytes of client) {
    heard += bytes;
    if (heard.length === 7) client.end();
  }
  expect(heard).toBe('one two');
  expect(performance.now() - since).toBeGreaterThanOrEqual(4 * delayMs - 5);
  stop();
  server.close();
});

test('sound over the relay is counted each way, and what only speaks about it is not', async () => {
  const echo = createSocket('udp4');
  echo.on('message', (packet, { port }) => echo.send(packet, port, '127.0.0.1'));
  echo.bind(0, '127.0.0.1');
  await once(echo, 'listening');
  const relay = await relayUdp({ port: echo.address().port, delayMs, loss: 0 });
  const client = createSocket('udp4');
  const [rtp, rtcp] = [Buffer.from([0x80, 0x6f]), Buffer.from([0x80, 200])];
  const since = performance.now();
  for (const packet of [rtcp, rtp]) client.send(packet, echo.address().port, farAddress);
  await once(client, 'message');
  await once(client, 'message');
  expect(performance.now() - since).toBeGreaterThanOrEqual(2 * delayMs - 5);
  expect(relay.media()).toEqual({ up: 1, down: 1 });
  relay.begin(1);
  expect(relay.media()).toEqual({ up: 0, down: 0 });
  client.close();
  relay.stop();
  echo.close();
});

test('the same number loses the same packets, and numbers differ', () => {
  const lostOf = (number: number) => {
    const lot = seeded(number);
    return Array.from({ length: 2000 }, lot).flatMap((drawn, at) => (drawn < 0.02 ? [at] : []));
  };
  expect(lostOf(3)).toEqual(lostOf(3));
  expect(lostOf(3)).not.toEqual(lostOf(4));
  for (const number of [0, 1, 2, 3, 4, 5]) {
    expect(lostOf(number).length).toBeGreaterThan(20);
    expect(lostOf(number).length).toBeLessThan(60);
  }
});
