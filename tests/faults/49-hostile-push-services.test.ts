import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { pushDevices, pushOutbox } from '@/db/schema';
import { makeDial } from '@/lib/push/dial';
import { parseEndpoint, type Resolve } from '@/lib/push/endpoint';
import { saveDevice } from '@/lib/push/save-device';
import { twoPeople } from '../support/in-process-call';
import { bobsDevices, call, startPushService } from '../support/pushed-people';

/** Listens on loopback and counts who connects; null where this port can't be had. */
async function canary(port = 0) {
  let heard = 0;
  const server = createTcpServer((socket) => {
    heard += 1;
    socket.destroy();
  });
  const isListening = await new Promise<boolean>((listening) => {
    server.once('error', () => listening(false));
    server.listen(port, '127.0.0.1', () => listening(true));
  });
  if (!isListening) return null;
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, heard: () => heard };
}

const addresses = (...found: string[]): Resolve => {
  return async () => found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};
const message = (endpoint: string) => ({ endpoint, headers: {}, body: Buffer.from('x') });

const hostile = [
  'http://push.example.org/x',
  'https://push.example.org:8443/x',
  'https://push.example.org:80/x',
  'https://user:pass@push.example.org/x',
  'https://push.example.org/x#y',
  'https://localhost/x',
  'https://intranet/x',
  'https://push.example.org./x',
  'https://127.0.0.1/x',
  'https://127.1/x',
  'https://2130706433/x',
  'https://0x7f.0.0.1/x',
  'https://0177.0.0.1/x',
  'https://10.0.0.1/x',
  'https://8.8.8.8/x',
  'https://[::1]/x',
  'https://[::ffff:127.0.0.1]/x',
  'https://[::ffff:7f00:1]/x',
  'https://[fe80::1]/x',
  'https://[2001:db8::1]/x',
  'ftp://push.example.org/x',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'not an address',
  `https://push.example.org/${'x'.repeat(1000)}`,
];

test.each(hostile)('%s is refused when it is saved and when it is dialled', async (endpoint) => {
  const { app, bob } = await twoPeople();
  const { keys } = (await startPushService()).subscribe('keys');
  const { publicKey: serverKey } = await app.deps.pushKeys();
  const device = { endpoint, keys, serverKey, name: '' };
  await expect(saveDevice(app.deps, bob, device, addresses('8.8.8.8'))).rejects.toMatchObject({
    code: 'invalid_input',
  });
  expect(await app.deps.db.select().from(pushDevices)).toEqual([]);
  const { dial, close } = makeDial({ resolve: addresses('8.8.8.8'), testOrigin: undefined });
  onTestFinished(close);
  expect(await dial(message(endpoint))).toMatchObject({ status: null, problem: 'NotPublic' });
});

test.each([
  ['loopback', ['127.0.0.1']],
  ['a private network', ['10.0.0.5']],
  ['the cloud’s own data', ['169.254.169.254']],
  ['IPv6 loopback', ['::1']],
  ['a mapped address', ['::ffff:127.0.0.1']],
  ['a public and a private address', ['8.8.8.8', '127.0.0.1']],
  ['nothing', []],
])('a name that resolves to %s is refused when it is saved', async (_, found) => {
  const { app, bob } = await twoPeople();
  const { keys } = (await startPushService()).subscribe('keys');
  const { publicKey: serverKey } = await app.deps.pushKeys();
  const device = { endpoint: 'https://push.example.org/x', keys, serverKey, name: '' };
  await expect(saveDevice(app.deps, bob, device, addresses(...found))).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await expect(
    saveDevice(app.deps, bob, device, addresses('8.8.8.8', '2a00:1450::5')),
  ).resolves.toBeDefined();
});

test('a name that resolves elsewhere once it is saved is refused when it is dialled, and a canary hears nothing', async () => {
  const listener = await canary(443);
  for (const found of [['127.0.0.1'], ['::ffff:127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::1']]) {
    const { dial, close } = makeDial({ resolve: addresses(...found), testOrigin: undefined });
    onTestFinished(close);
    expect(await dial(message('https://push.example.org/x'))).toMatchObject({ problem: 'NotPublic' });
  }
  // Where this port can't be had, nothing but the result shows it.
  expect(listener?.heard() ?? 0).toBe(0);
});

test('the name that was checked is the one that is dialled: it is resolved once', async () => {
  const listener = await canary(443);
  let asked = 0;
  const resolve: Resolve = async () => {
    asked += 1;
    // A private address in documentation's own network: nothing is there to connect to.
    return [{ address: asked === 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }];
  };
  const { dial, close } = makeDial({ resolve, testOrigin: undefined });
  onTestFinished(close);
  await dial(message('https://push.example.org/x'));
  expect(asked).toBe(1);
  expect(listener?.heard() ?? 0).toBe(0);
});

test('a redirect is not followed, and the device is kept as one that refuses', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  const listener = await canary();
  service.respondWith((_, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${listener?.port}/`, 'content-length': 0 }).end();
    return undefined;
  });
  await call(app, alice, direct);
  await sender.whenIdle();
  expect(service.take()).toEqual(['laptop ring', 'phone ring']);
  expect(listener?.heard()).toBe(0);
  expect((await app.deps.db.select().from(pushDevices)).every((row) => row.refusedAt !== null)).toBe(true);
  app.clock.advance(10_000);
  await sender.whenIdle();
  expect(service.take()).toEqual([]);
});

test('a device whose endpoint was let in by an earlier rule is not dialled', async () => {
  const { app, alice, direct, sender } = await bobsDevices();
  const listener = await canary();
  await app.deps.transaction(async (tx) => {
    const [first] = await tx.select().from(pushDevices);
    await tx.delete(pushDevices);
    if (first)
      await tx.insert(pushDevices).values({ ...first, endpoint: `https://127.0.0.1:${listener?.port}/x` });
  });
  await call(app, alice, direct);
  await sender.whenIdle();
  expect(listener?.heard()).toBe(0);
  expect(await app.deps.db.select().from(pushOutbox)).toMatchObject([{ isSettled: true, tries: 0 }]);
});

test('an endless response is not read', async () => {
  let written = 0;
  const server: Server = createServer((_, response) => {
    response.writeHead(201);
    const write = () => {
      if (response.destroyed || written > 50_000_000) return;
      written += 65_536;
      response.write(Buffer.alloc(65_536), () => setImmediate(write));
    };
    write();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const testOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { dial } = makeDial({ resolve: addresses(), testOrigin });
  expect(await dial(message(`${testOrigin}/x`))).toMatchObject({ status: 201 });
  expect(written).toBeLessThan(20_000_000);
});

test('the push service of tests is one origin, and no other address on this machine', () => {
  const testOrigin = 'http://127.0.0.1:4100';
  expect(parseEndpoint('http://127.0.0.1:4100/x', { testOrigin })).not.toBeNull();
  for (const text of ['http://127.0.0.1:4101/x', 'http://localhost:4100/x', 'https://127.0.0.1:4100/x'])
    expect(parseEndpoint(text, { testOrigin })).toBeNull();
  expect(parseEndpoint('http://127.0.0.1:4100/x', { testOrigin: undefined })).toBeNull();
});
