import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { pushDevices, pushOutbox, signIns, users } from '@/db/schema';
import { blockUser } from '@/lib/calls/commands/block-user';
import { changeConversation } from '@/lib/calls/commands/change-conversation';
import { changeMe } from '@/lib/calls/commands/change-me';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { ringAgain } from '@/lib/calls/commands/ring-again';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { claimDue, claimMs } from '@/lib/push/claim-pushes';
import { settlePush } from '@/lib/push/settle-push';
import { payloadBytes } from '@/lib/push/write-message';
import { askRoute } from '../support/ask-route';
import { signOut, tabOf } from '../support/in-process-call';
import { bobsDevices, call, ringOf, startSender, subscribe } from '../support/pushed-people';

test('a ring goes to every device of the callee, says which ring, and nothing else', async () => {
  const { app, alice, bob, direct, service, sender } = await bobsDevices();
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  const { id: ringId, deadlineAt } = await ringOf(app, callId, bob);
  expect(service.received.map(({ to }) => to).sort()).toEqual(['laptop', 'phone']);
  for (const { payload, headers } of service.received) {
    expect(payload).toEqual({ v: 1, kind: 'ring', about: callId, ringId, expiresAt: deadlineAt });
    expect(headers).toMatchObject({ ttl: '60', urgency: 'high', 'content-encoding': 'aes128gcm' });
    expect(headers.topic).toMatch(/^[A-Za-z0-9_-]{32}$/);
  }
  const [one, other] = service.received;
  expect(one?.headers.topic).not.toBe(other?.headers.topic);
});

test('every message has one size', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  await sender.whenIdle();
  const sizes = new Set(service.received.map(({ bytes }) => bytes));
  expect(service.received).toHaveLength(4);
  expect([...sizes]).toHaveLength(1);
  expect([...sizes][0]).toBeGreaterThan(payloadBytes);
});

test('the time to live is what is left of the ring', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  service.respondWith(() => 503);
  await call(app, alice, direct);
  await sender.whenIdle();
  service.respondWith(() => 201);
  service.received.splice(0);
  app.clock.advance(20_500);
  await sender.whenIdle();
  expect(service.received.map(({ headers }) => headers.ttl)).toEqual(['39', '39']);
});

test('a person whose push service took the ring is reachable', async () => {
  const { app, alice, bob, direct, sender } = await bobsDevices();
  const callId = await call(app, alice, direct);
  expect((await ringOf(app, callId, bob)).isReached).toBe(false);
  await sender.whenIdle();
  expect(await ringOf(app, callId, bob)).toMatchObject({ isReached: true, isConfirmed: false });
  app.clock.advance(60_000);
  await expireRings(app.deps);
  expect((await ringOf(app, callId, bob)).state).toBe('missed');
});

test('a person whose push service took nothing is not', async () => {
  const { app, alice, bob, direct, service, sender } = await bobsDevices();
  service.respondWith(() => 500);
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  app.clock.advance(60_000);
  await expireRings(app.deps);
  expect((await ringOf(app, callId, bob)).state).toBe('unreachable');
});

test.each([
  [
    'cancelled',
    async (w: Awaited<ReturnType<typeof bobsDevices>>, callId: Awaited<ReturnType<typeof call>>) => {
      await leaveCall(w.app.deps, w.alice, { callId, clientId: tabOf(w.alice) });
    },
  ],
  [
    'declined',
    async (w, callId) => {
      await declineCall(w.app.deps, w.bob, { callId, ringId: null });
    },
  ],
  [
    'over',
    async (w) => {
      w.app.clock.advance(60_000);
      await expireRings(w.app.deps);
    },
  ],
  [
    'silenced',
    async (w) => {
      await changeMe(w.app.deps, w.bob.userId, { doNotDisturb: true });
    },
  ],
  [
    'ended by a block',
    async (w) => {
      await blockUser(w.app.deps, w.bob.userId, w.alice.userId);
    },
  ],
] satisfies [
  string,
  (w: Awaited<ReturnType<typeof bobsDevices>>, callId: Awaited<ReturnType<typeof call>>) => Promise<void>,
][])('a ring that is %s is withdrawn wherever it was sent, under the same topic', async (_, end) => {
  const world = await bobsDevices();
  const { app, alice, direct, service, sender } = world;
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  const topics = new Map(service.received.map(({ to, headers }) => [to, headers.topic]));
  service.received.splice(0);
  await end(world, callId);
  await sender.whenIdle();
  expect(service.received.map(({ to, headers }) => [to, headers.topic]).sort()).toEqual([...topics].sort());
  expect(service.take()).toEqual(['laptop withdrawal', 'phone withdrawal']);
  expect(await app.deps.db.select().from(pushOutbox)).toEqual([]);
});

test('a call that is answered on one device is withdrawn on the others alone', async () => {
  const { app, alice, direct, service, sender, phone } = await bobsDevices();
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  service.take();
  await enterCall(app.deps, phone, { callId, clientId: tabOf(phone), switchFrom: null });
  await sender.whenIdle();
  expect(service.take()).toEqual(['laptop withdrawal']);
});

test('a ring that ended before it was sent is not sent, and nothing is withdrawn', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  sender.stop();
  const callId = await call(app, alice, direct);
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  await startSender(app).whenIdle();
  expect(service.take()).toEqual([]);
  expect(await app.deps.db.select().from(pushOutbox)).toEqual([]);
});

test('ring again takes the place of a withdrawal that was not sent yet', async () => {
  const { app, alice, bob, service, sender } = await bobsDevices();
  const carol = await app.makeUser('Carol');
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const callId = await call(app, alice, group);
  await sender.whenIdle();
  service.take();
  sender.stop();
  await declineCall(app.deps, bob, { callId, ringId: null });
  await ringAgain(app.deps, alice, { callId, userId: bob.userId });
  const again = startSender(app);
  await again.whenIdle();
  expect(service.take()).toEqual(['laptop ring', 'phone ring']);
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  await again.whenIdle();
  expect(service.take()).toEqual(['laptop withdrawal', 'phone withdrawal']);
});

test('do not disturb and a block send nothing', async () => {
  const { app, alice, bob, direct, service, sender } = await bobsDevices();
  await changeMe(app.deps, bob.userId, { doNotDisturb: true });
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  expect(service.take()).toEqual([]);
  expect(await ringOf(app, callId, bob)).toMatchObject({ isReached: true, isConfirmed: false });
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  await sender.whenIdle();
  expect(service.take()).toEqual([]);
  await blockUser(app.deps, bob.userId, alice.userId);
  await expect(call(app, alice, direct)).rejects.toMatchObject({ code: 'not_allowed' });
  await sender.whenIdle();
  expect(service.take()).toEqual([]);
});

test('a muted conversation sends nothing, and its caller sees the same as ever', async () => {
  const { app, alice, bob, direct, service, sender } = await bobsDevices();
  await changeConversation(app.deps, bob.userId, direct, { callsMuted: true });
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  expect(service.take()).toEqual([]);
  expect(await ringOf(app, callId, bob)).toMatchObject({ isQuiet: true, isReached: true, isConfirmed: true });
});

test('a device with a window in front is not rung, until its window has left the front', async () => {
  const { app, alice, direct, service, sender, phone } = await bobsDevices();
  const stream = app.deps.fanOut.open(phone, { send: () => undefined, close: () => undefined });
  await app.deps.presence.answered(phone.signInId, true);
  await call(app, alice, direct);
  await sender.whenIdle();
  expect(service.take()).toEqual(['laptop ring']);
  app.clock.advance(19_000);
  await sender.whenIdle();
  expect(service.take()).toEqual([]);
  app.clock.advance(6_000);
  await sender.whenIdle();
  expect(service.take()).toEqual(['phone ring']);
  stream.close();
});

test('a window that was closed is not in front any more', async () => {
  const { app, alice, direct, service, sender, phone } = await bobsDevices();
  const stream = app.deps.fanOut.open(phone, { send: () => undefined, close: () => undefined });
  await app.deps.presence.answered(phone.signInId, true);
  stream.close();
  await call(app, alice, direct);
  await sender.whenIdle();
  expect(service.take()).toEqual(['laptop ring', 'phone ring']);
});

test('a crash between claim and sending loses nothing', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  sender.stop();
  await call(app, alice, direct);
  // What a process that dies right here leaves.
  expect(await claimDue(app.deps, [], 10)).toHaveLength(2);
  const after = startSender(app);
  await after.whenIdle();
  expect(service.take()).toEqual([]);
  app.clock.advance(claimMs + 1);
  await after.whenIdle();
  expect(service.take()).toEqual(['laptop ring', 'phone ring']);
});

test('two servers send nothing twice', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  const other = startSender(app);
  await call(app, alice, direct);
  await Promise.all([sender.whenIdle(), other.whenIdle()]);
  expect(service.take()).toEqual(['laptop ring', 'phone ring']);
});

test('a ring that ends while it is being sent is withdrawn, too', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  const { promise: isSent, resolve: noteSent } = Promise.withResolvers<void>();
  const { promise: isEnded, resolve: noteEnded } = Promise.withResolvers<void>();
  service.respondWith((_, response) => {
    noteSent();
    void isEnded.then(() => response.writeHead(201, { 'content-length': 0 }).end());
    return undefined;
  });
  const callId = await call(app, alice, direct);
  await isSent;
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  noteEnded();
  await sender.whenIdle();
  expect(service.take()).toEqual(['laptop ring', 'laptop withdrawal', 'phone ring', 'phone withdrawal']);
  expect(await app.deps.db.select().from(pushOutbox)).toEqual([]);
});

test('a device belongs to its sign-in, and to one alone', async () => {
  const { app, bob, alice, service, phone } = await bobsDevices();
  const browser = service.subscribe('shared');
  await subscribe(app, alice, browser);
  const id = await subscribe(app, phone, browser);
  const rows = await app.deps.db.select().from(pushDevices);
  expect(rows.filter((row) => row.endpoint === browser.endpoint)).toMatchObject([{ id, userId: bob.userId }]);
  expect(rows.filter((row) => row.signInId === phone.signInId)).toHaveLength(1);
});

test('a person has ten devices at most; the oldest makes way', async () => {
  const { app, bob, service, phoneId } = await bobsDevices();
  for (let at = 0; at < 9; at += 1) {
    app.clock.advance(1);
    const viewer = { ...bob, signInId: `signin_of${at}` as typeof bob.signInId };
    await app.deps.transaction(async (tx) => {
      await tx.insert(signIns).values({ id: viewer.signInId, userId: bob.userId, createdAt: 1 });
    });
    await subscribe(app, viewer, service.subscribe(`more-${at}`));
  }
  const rows = await app.deps.db
    .select({ id: pushDevices.id })
    .from(pushDevices)
    .where(eq(pushDevices.userId, bob.userId));
  expect(rows).toHaveLength(10);
  expect(rows.map((row) => row.id)).not.toContain(phoneId);
});

test('a sign-in that ends takes its device along, in whichever way it ends', async () => {
  const { app, phone, laptopId } = await bobsDevices();
  await signOut(app, phone);
  expect((await app.deps.db.select().from(pushDevices)).map((row) => row.id)).toEqual([laptopId]);
  await app.deps.transaction(async (tx) => {
    await tx.delete(signIns);
  });
  expect(await app.deps.db.select().from(pushDevices)).toEqual([]);
});

test('a revoked sign-in cannot save a device', async () => {
  const { app, service, phone } = await bobsDevices();
  await signOut(app, phone);
  await expect(subscribe(app, phone, service.subscribe('again'))).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

test('a suspended person is sent nothing', async () => {
  const { app, alice, bob, direct, service, sender } = await bobsDevices();
  await app.deps.transaction(async (tx) => {
    await tx.update(users).set({ suspendedAt: 1 }).where(eq(users.id, bob.userId));
  });
  await expect(call(app, alice, direct)).rejects.toThrow();
  await sender.whenIdle();
  expect(service.take()).toEqual([]);
});

test('no log names an address, a key or a person', async () => {
  const { app, alice, direct, service, sender, phone } = await bobsDevices();
  const lines: unknown[] = [];
  const note = (...line: unknown[]) => void lines.push(line);
  const log = { ...app.deps.log, debug: note, info: note, warn: note, error: note, child: () => log };
  app.deps.log = log as unknown as typeof app.deps.log;
  sender.stop();
  const again = startSender(app);
  const [device] = await app.deps.db
    .select()
    .from(pushDevices)
    .where(eq(pushDevices.signInId, phone.signInId));
  service.respondWith((to) => (to === 'phone' ? 403 : 500));
  await call(app, alice, direct);
  await again.whenIdle();
  const text = JSON.stringify(lines, (_, value) => (value instanceof Error ? `${value.stack}` : value));
  expect(text).toContain('a push was not taken');
  for (const secret of [service.origin, device?.endpoint, device?.auth, device?.p256dh, 'Alice', 'vapid'])
    expect(text).not.toContain(secret);
});

test('a heartbeat’s answer says whether a window is in front, for 20 s', async () => {
  const { app, phone } = await bobsDevices();
  const stream = app.deps.fanOut.open(phone, { send: () => undefined, close: () => undefined });
  const isInFront = async () => (await app.deps.presence.inFront([phone.signInId])).has(phone.signInId);
  const answer = (body: object) => askRoute(app, 'POST /api/events/alive', phone, { body });
  expect(await isInFront()).toBe(false);
  await answer({ isInFront: true });
  expect(await isInFront()).toBe(true);
  app.clock.advance(20_000);
  expect(await isInFront()).toBe(true);
  app.clock.advance(1);
  expect(await isInFront()).toBe(false);
  await answer({ isInFront: true });
  await answer({});
  expect(await isInFront()).toBe(false);
  stream.close();
});

test('what a slow sending finds out about a ring does not undo the ring’s end', async () => {
  const { app, alice, direct, sender } = await bobsDevices();
  sender.stop();
  const callId = await call(app, alice, direct);
  const sent = await claimDue(app.deps, [], 10);
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  for (const push of sent) await settlePush(app.deps, push, { kind: 'taken' });
  const due = await claimDue(app.deps, [], 10);
  expect(due.map(({ kind }) => kind)).toEqual(['withdrawal', 'withdrawal']);
});
