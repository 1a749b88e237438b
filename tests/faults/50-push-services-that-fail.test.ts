import { expect, test } from 'vitest';
import { pushDevices, pushOutbox } from '@/db/schema';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { otherDevice, tabOf } from '../support/in-process-call';
import { bobsDevices, call, startSender, subscribe } from '../support/pushed-people';

/** The machine may be slow; what waits for the wrong thing waits for ever. */
const patient = { timeout: 120_000 };

test('a push service that hangs delays no other device, no caller and no withdrawal', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  sender.stop();
  // Nothing of it is given up before the test has ended.
  const endless = startSender(app, { timeoutMs: 600_000 });
  service.respondWith((to) => (to === 'phone' ? undefined : 201));
  const callId = await call(app, alice, direct);
  await expect.poll(() => service.received.map(({ to }) => to).sort(), patient).toEqual(['laptop', 'phone']);
  service.received.splice(0);
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  await expect
    .poll(() => service.received.map(({ to, payload }) => `${to} ${payload.kind}`).sort(), patient)
    .toEqual(['laptop withdrawal', 'phone withdrawal']);
  endless.stop();
});

test.each([429, 500, 503])(
  'after %i it is tried again while the ring rings, with growing pauses',
  async (status) => {
    const { app, alice, direct, service, sender } = await bobsDevices();
    service.respondWith(() => status);
    await call(app, alice, direct);
    await sender.whenIdle();
    const tries: number[] = [];
    for (let second = 0; second < 70; second += 1) {
      const before = service.received.length;
      app.clock.advance(1000);
      await sender.whenIdle();
      if (service.received.length > before) tries.push(second + 1);
    }
    expect(tries).toEqual([1, 3, 7, 15, 30, 45]);
    // Afterwards nothing is tried, whatever comes.
    service.respondWith(() => 201);
    service.take();
    app.clock.advance(60_000);
    await sender.whenIdle();
    expect(service.take()).toEqual([]);
  },
);

test('it waits as long as the push service asks, and gives up where that is longer than the ring', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  service.respondWith((to, response) => {
    response.writeHead(429, { 'retry-after': to === 'phone' ? '20' : '600', 'content-length': 0 }).end();
    return undefined;
  });
  await call(app, alice, direct);
  await sender.whenIdle();
  service.take();
  app.clock.advance(19_000);
  await sender.whenIdle();
  expect(service.take()).toEqual([]);
  service.respondWith(() => 201);
  app.clock.advance(1_500);
  await sender.whenIdle();
  expect(service.take()).toEqual(['phone ring']);
});

test.each([404, 410])('%i forgets the device', async (status) => {
  const { app, alice, direct, service, sender, laptopId } = await bobsDevices();
  service.respondWith((to) => (to === 'phone' ? status : 201));
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  expect((await app.deps.db.select().from(pushDevices)).map((row) => row.id)).toEqual([laptopId]);
  service.take();
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  await sender.whenIdle();
  expect(service.take()).toEqual(['laptop withdrawal']);
});

test('a device that has subscribed anew meanwhile is not forgotten for its old address', async () => {
  const { app, alice, direct, service, sender, phone } = await bobsDevices();
  const fresh = service.subscribe('fresh');
  let isSaved: Promise<unknown> | null = null;
  service.respondWith((to, response) => {
    if (to !== 'phone') return 201;
    isSaved ??= subscribe(app, phone, fresh);
    void isSaved.then(() => response.writeHead(410, { 'content-length': 0 }).end());
    return undefined;
  });
  await call(app, alice, direct);
  await sender.whenIdle();
  expect((await app.deps.db.select().from(pushDevices)).map((row) => row.endpoint)).toContain(fresh.endpoint);
});

test.each([400, 401, 403, 413])(
  '%i is final, and Settings can say so until the next message is taken',
  async (status) => {
    const { app, alice, direct, service, sender } = await bobsDevices();
    service.respondWith(() => status);
    const callId = await call(app, alice, direct);
    await sender.whenIdle();
    service.take();
    app.clock.advance(30_000);
    await sender.whenIdle();
    expect(service.take()).toEqual([]);
    expect((await app.deps.db.select().from(pushDevices)).every((row) => row.refusedAt !== null)).toBe(true);
    service.respondWith(() => 201);
    await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
    await sender.whenIdle();
    expect(service.take()).toEqual([]);
    await call(app, alice, direct);
    await sender.whenIdle();
    expect((await app.deps.db.select().from(pushDevices)).every((row) => row.refusedAt === null)).toBe(true);
  },
);

test('250 devices are all sent both of their rings, and nothing of it is left when they have ended', async () => {
  const { app, alice, service, sender } = await bobsDevices();
  const people = await Promise.all(Array.from({ length: 25 }, (_, at) => app.makeUser(`Person${at}`)));
  for (const [at, person] of people.entries())
    for (let device = 0; device < 10; device += 1)
      await subscribe(app, await otherDevice(app, person), service.subscribe(`d${at}-${device}`));
  const group = await app.makeConversation('group', [alice, ...people]);
  const other = await app.makeUser('Other');
  const second = await app.makeConversation('group', [other, ...people]);
  await call(app, alice, group);
  await call(app, other, second);
  await sender.whenIdle();
  expect(new Set(service.received.map(({ to, payload }) => `${to} ${payload.about}`)).size).toBe(500);
  expect(service.take()).toHaveLength(500);
  app.clock.advance(60_000);
  await expireRings(app.deps);
  await sender.whenIdle();
  expect(service.take()).toHaveLength(500);
  expect(await app.deps.db.select().from(pushOutbox)).toEqual([]);
});
