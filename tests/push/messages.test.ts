import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { pushOutbox } from '@/db/schema';
import { blockUser } from '@/lib/calls/commands/block-user';
import { changeConversation } from '@/lib/calls/commands/change-conversation';
import { changeMe } from '@/lib/calls/commands/change-me';
import { markRead } from '@/lib/conversations/mark-read';
import { sendMessage } from '@/lib/conversations/send-message';
import type { ConversationId } from '@/lib/ids';
import { askRoute } from '../support/ask-route';
import type { TestApp } from '../support/make-test-deps';
import { bobsDevices } from '../support/pushed-people';

const say = async (
  app: TestApp,
  author: { userId: Parameters<typeof sendMessage>[1] },
  id: ConversationId,
  text = 'Hello',
) => (await sendMessage(app.deps, author.userId, id, { text, clientMessageId: null })).message;

const notice = 'GET /api/push/conversations/[conversationId]';

test('a message goes to every device of the other person, says which conversation, and nothing else', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  await say(app, alice, direct);
  await sender.whenIdle();
  expect(service.received.map(({ to }) => to).sort()).toEqual(['laptop', 'phone']);
  for (const { payload, headers } of service.received) {
    expect(payload).toMatchObject({ v: 1, kind: 'message', about: direct, ringId: null });
    expect(headers.urgency).toBe('normal');
  }
});

test('more messages of a conversation have one topic, so that a device that was away gets one', async () => {
  const { app, alice, direct, service, sender } = await bobsDevices();
  await say(app, alice, direct);
  await sender.whenIdle();
  await say(app, alice, direct);
  await sender.whenIdle();
  expect(service.received).toHaveLength(4);
  expect(new Set(service.received.map(({ headers }) => headers.topic)).size).toBe(2);
});

test('the writer’s own devices, and channels, are sent nothing', async () => {
  const { app, alice, bob, direct, service, sender } = await bobsDevices();
  const channel = await app.makeConversation('channel', [alice, bob]);
  await say(app, bob, direct);
  await say(app, alice, channel);
  await sender.whenIdle();
  expect(service.received).toEqual([]);
});

test.each([
  [
    'has muted messages there',
    async ({ app, bob, group }: World) => {
      await changeConversation(app.deps, bob.userId, group, { messagesMuted: true });
    },
  ],
  [
    'does not want to be disturbed',
    async ({ app, bob }: World) => {
      await changeMe(app.deps, bob.userId, { doNotDisturb: true });
    },
  ],
  [
    'blocks the writer',
    async ({ app, alice, bob }: World) => {
      await blockUser(app.deps, bob.userId, alice.userId);
    },
  ],
])('a person who %s is notified of no message', async (_, prepare) => {
  const world = await inGroup();
  await prepare(world);
  await say(world.app, world.alice, world.group);
  await world.sender.whenIdle();
  expect(world.service.received).toEqual([]);
});

type World = Awaited<ReturnType<typeof inGroup>>;
async function inGroup() {
  const world = await bobsDevices();
  const group = await world.app.makeConversation('group', [world.alice, world.bob], 'Weekend trip');
  return { ...world, group };
}

test('muted calls do not mute messages, and muted messages no calls', async () => {
  const { app, alice, bob, group, service, sender } = await inGroup();
  await changeConversation(app.deps, bob.userId, group, { callsMuted: true });
  await say(app, alice, group);
  await sender.whenIdle();
  expect(service.received).toHaveLength(2);
  const changed = await changeConversation(app.deps, bob.userId, group, { messagesMuted: true });
  expect(changed).toMatchObject({ callsMuted: true, messagesMuted: true });
});

test('a device with a window in front is sent nothing', async () => {
  const { app, alice, direct, phone, service, sender } = await bobsDevices();
  await app.deps.presence.opened(phone);
  await app.deps.presence.answered(phone.signInId, true);
  await say(app, alice, direct);
  await sender.whenIdle();
  expect(service.received.map(({ to }) => to)).toEqual(['laptop']);
});

test('what was read on any device is withdrawn where it was sent, and not sent where it was not', async () => {
  const { app, alice, bob, direct, service, sender } = await bobsDevices();
  const { seq } = await say(app, alice, direct);
  await sender.whenIdle();
  service.received.splice(0);
  await markRead(app.deps, bob.userId, direct, seq);
  await sender.whenIdle();
  expect(service.received.map(({ to, payload }) => `${to} ${payload.kind}`).sort()).toEqual([
    'laptop withdrawal',
    'phone withdrawal',
  ]);
  service.respondWith(() => 503);
  const next = await say(app, alice, direct);
  await markRead(app.deps, bob.userId, direct, next.seq);
  expect(await app.deps.db.select().from(pushOutbox).where(eq(pushOutbox.kind, 'message'))).toEqual([]);
});

test('the worker is answered with the newest unread words, in a group with who says them', async () => {
  const { app, alice, direct, group, phone } = await inGroup();
  await say(app, alice, direct, 'One');
  await say(app, alice, direct, 'Two');
  const ask = async (conversationId: ConversationId) =>
    (await askRoute(app, notice, phone, { params: { conversationId } })).json();
  expect(await ask(direct)).toMatchObject({
    state: 'unread',
    title: '\u2068Alice\u2069',
    body: 'Two',
    unreadCount: 2,
  });
  expect(await ask(group)).toMatchObject({ state: 'read', unreadCount: 2 });
  await say(app, alice, group, 'Three');
  expect(await ask(group)).toMatchObject({
    state: 'unread',
    title: '\u2068Weekend trip\u2069',
    body: '\u2068Alice\u2069: Three',
    unreadCount: 3,
  });
});

test('a device that shows no text is given none', async () => {
  const { app, alice, direct, phone, phoneId } = await bobsDevices();
  await say(app, alice, direct, 'secret');
  const params = { deviceId: phoneId };
  const change = 'PATCH /api/push/devices/[deviceId]';
  expect((await askRoute(app, change, alice, { params, body: { showsText: false } })).status).toBe(404);
  expect((await askRoute(app, change, phone, { params, body: { showsText: false } })).status).toBe(204);
  const text = await (await askRoute(app, notice, phone, { params: { conversationId: direct } })).text();
  expect(JSON.parse(text)).toMatchObject({ state: 'unread', body: 'New message' });
  expect(text).not.toContain('secret');
});

test('who is not in the conversation is answered as if it did not exist', async () => {
  const { app, direct } = await bobsDevices();
  const carol = await app.makeUser('Carol');
  expect((await askRoute(app, notice, carol, { params: { conversationId: direct } })).status).toBe(404);
});
