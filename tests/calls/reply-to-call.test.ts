import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { callBacks, messages } from '@/db/schema';
import { blockUser } from '@/lib/calls/commands/block-user';
import { changeMe } from '@/lib/calls/commands/change-me';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { requireView } from '@/lib/calls/reads/read-calls';
import { requireConversation } from '@/lib/conversations/read-conversations';
import { type CallId, type ConversationId, callIdSchema } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { tabOf, twoPeople } from '../support/in-process-call';
import { ask } from '../support/make-test-deps';

const replyRoute = routes['POST /api/calls/[callId]/reply'];
const dropRoute = routes['DELETE /api/conversations/[conversationId]/call-back'];

async function world() {
  const { app, alice, bob, direct } = await twoPeople();
  const carol = await app.makeUser('Carol');
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const callIn = async (conversationId: ConversationId, who = alice): Promise<CallId> => {
    const target = { conversationId };
    const { call } = await startCall(app.deps, who, {
      target,
      requestId: null,
      clientId: tabOf(who),
      switchFrom: null,
    });
    return callIdSchema.parse(call.id);
  };
  const ringIn = async (callId: CallId, who = bob) => {
    const { myRing } = await requireView(app.deps, who.userId, callId);
    if (!myRing) throw new Error('no ring runs');
    return myRing.id;
  };
  const reply = (callId: CallId, ringId: string, more: object = {}, who: Viewer = bob) =>
    ask(app, replyRoute, who, {
      params: { callId },
      body: { ringId, text: 'Text me', clientMessageId: 'message-of-bob', ...more },
    });
  const textsIn = async (conversationId: ConversationId) =>
    (
      await app.deps.db
        .select({ text: messages.text, callId: messages.callId })
        .from(messages)
        .where(eq(messages.conversationId, conversationId))
    ).flatMap(({ text, callId }) => (callId ? [] : [text]));
  const callBackOf = async (who: Viewer) =>
    (await requireConversation(app.deps, who.userId, direct)).callBack;
  return { app, alice, bob, carol, direct, group, callIn, ringIn, reply, textsIn, callBackOf };
}

it('a reply declines the ring and sends its message', async () => {
  const { app, bob, direct, callIn, ringIn, reply, textsIn } = await world();
  const callId = await callIn(direct);
  const answer = await reply(callId, await ringIn(callId));
  expect([answer.status, (await answer.json()).call]).toMatchObject([
    200,
    { status: 'ended', endReason: 'declined' },
  ]);
  expect(await textsIn(direct)).toEqual(['Text me']);
  expect((await requireView(app.deps, bob.userId, callId)).myRing).toBeNull();
});

it('a repeat, and another tab that replies or declines too, send nothing more', async () => {
  const { app, bob, group, callIn, ringIn, reply, textsIn } = await world();
  const callId = await callIn(group);
  const ringId = await ringIn(callId);
  for (const clientMessageId of ['message-of-bob', 'message-of-bob', 'from-another-tab'])
    expect((await reply(callId, ringId, { clientMessageId })).status).toBe(200);
  expect(await textsIn(group)).toEqual(['Text me']);
  await declineCall(app.deps, bob, { callId, ringId: null });
  expect((await reply(callId, ringId, { clientMessageId: 'after-the-decline' })).status).toBe(200);
  expect(await textsIn(group)).toEqual(['Text me']);
});

it('a ring that was accepted on another device is not replied to, and the call goes on', async () => {
  const { app, bob, direct, callIn, ringIn, reply, textsIn } = await world();
  const callId = await callIn(direct);
  const ringId = await ringIn(callId);
  await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom: null });
  expect((await reply(callId, ringId)).status).toBe(200);
  expect(await textsIn(direct)).toEqual([]);
  expect((await requireView(app.deps, bob.userId, callId)).status).toBe('active');
});

it('a ring that ended unanswered a moment ago is replied to all the same', async () => {
  const { app, alice, direct, callIn, ringIn, reply, textsIn } = await world();
  const callId = await callIn(direct);
  const ringId = await ringIn(callId);
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  expect((await reply(callId, ringId)).status).toBe(200);
  expect(await textsIn(direct)).toEqual(['Text me']);
});

it('a message that may not be sent declines nothing: the ring goes on', async () => {
  const { app, alice, bob, direct, callIn, ringIn, reply, textsIn } = await world();
  const callId = await callIn(direct);
  await changeMe(app.deps, alice.userId, { messagePermission: 'nobody', callPermission: 'nobody' });
  const ringId = await ringIn(callId);
  const answer = await reply(callId, ringId, { callBackInMinutes: 10 });
  expect([answer.status, (await answer.json()).code]).toEqual([403, 'not_allowed']);
  expect(await ringIn(callId)).toBe(ringId);
  expect([await textsIn(direct), await app.deps.db.$count(callBacks)]).toEqual([[], 0]);
  await declineCall(app.deps, bob, { callId, ringId: null });
});

it('a block in between ends the ring and keeps the message from being sent', async () => {
  const { app, alice, bob, direct, callIn, ringIn, reply, textsIn } = await world();
  const callId = await callIn(direct);
  const ringId = await ringIn(callId);
  await blockUser(app.deps, alice.userId, bob.userId);
  const { status } = await reply(callId, ringId, { callBackInMinutes: 10 });
  expect([status, await textsIn(direct), await app.deps.db.$count(callBacks)]).toEqual([403, [], 0]);
});

it('another person’s ring, a ring of another call and an unknown one are not there', async () => {
  const { carol, direct, group, callIn, ringIn, reply, textsIn } = await world();
  const inGroup = await callIn(group);
  const carols = await ringIn(inGroup, carol);
  expect((await reply(inGroup, carols)).status).toBe(404);
  expect((await reply(inGroup, 'ring_0fnobody')).status).toBe(404);
  expect(await textsIn(direct)).toEqual([]);
});

it('a promise to call back is read by both, a later one replaces it, and either can drop it', async () => {
  const { app, alice, bob, direct, callIn, ringIn, reply, callBackOf } = await world();
  for (const [minutes, clientMessageId] of [
    [10, 'first-message'],
    [5, 'second-message'],
  ] as const) {
    const callId = await callIn(direct);
    await reply(callId, await ringIn(callId), { callBackInMinutes: minutes, clientMessageId });
    const promise = { userId: bob.userId, dueAt: app.clock.wallNow() + minutes * 60_000 };
    expect([await callBackOf(alice), await callBackOf(bob)]).toEqual([promise, promise]);
  }
  for (const who of [alice, bob]) {
    const dropped = await ask(app, dropRoute, who, { method: 'DELETE', params: { conversationId: direct } });
    expect(dropped.ok).toBe(true);
    expect([await callBackOf(alice), await callBackOf(bob)]).toEqual([null, null]);
  }
});

it('a call between the two keeps the promise, in either direction, and a block removes it', async () => {
  const { app, alice, bob, direct, callIn, ringIn, reply, callBackOf } = await world();
  const promise = async (clientMessageId: string) => {
    const callId = await callIn(direct);
    await reply(callId, await ringIn(callId), { callBackInMinutes: 10, clientMessageId });
    expect(await callBackOf(alice)).not.toBeNull();
  };
  await promise('first-message');
  const back = await callIn(direct, bob);
  expect(await callBackOf(alice)).toBeNull();
  await leaveCall(app.deps, bob, { callId: back, clientId: tabOf(bob) });
  await promise('second-message');
  await blockUser(app.deps, alice.userId, bob.userId);
  expect([await callBackOf(alice), await callBackOf(bob)]).toEqual([null, null]);
});

it('in a group the message is sent and no promise is kept', async () => {
  const { app, group, callIn, ringIn, reply, textsIn } = await world();
  const callId = await callIn(group);
  await reply(callId, await ringIn(callId), { callBackInMinutes: 10 });
  expect([await textsIn(group), await app.deps.db.$count(callBacks)]).toEqual([['Text me'], 0]);
});
