import { conversationViewSchema, hueAt, type MessageView, messageViewSchema } from '@parley/call-protocol';
import { describe, expect, it } from 'vitest';
import { conversations, type users } from '@/db/schema';
import { startCall } from '@/lib/calls/commands/start-call';
import { readMessage } from '@/lib/conversations/read-messages';
import { conversationIdSchema, makeId } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { tabOf } from '../support/in-process-call';
import { ask, makeTestApp, type TestApp } from '../support/make-test-deps';

const deleteMember = routes['DELETE /api/conversations/[conversationId]/members/[userId]'];
const putMember = routes['PUT /api/conversations/[conversationId]/members/[userId]'];
const deleteMessage = routes['DELETE /api/conversations/[conversationId]/messages/[messageId]'];
const getMessages = routes['GET /api/conversations/[conversationId]/messages'];
const postMessage = routes['POST /api/conversations/[conversationId]/messages'];
const putRead = routes['PUT /api/conversations/[conversationId]/read'];
const getOne = routes['GET /api/conversations/[conversationId]'];
const patchOne = routes['PATCH /api/conversations/[conversationId]'];
const create = routes['POST /api/conversations'];
const getAll = routes['GET /api/conversations'];
const block = routes['PUT /api/users/[userId]/block'];

async function people(more: Record<string, Partial<typeof users.$inferInsert>> = {}) {
  const app = await makeTestApp();
  const make = (name: string) => app.makeUser(name, more[name] ?? {});
  return {
    app,
    alice: await make('Alice'),
    bob: await make('Bob'),
    carol: await make('Carol'),
    dave: await make('Dave'),
  };
}
const view = async (app: TestApp, viewer: Viewer, conversationId: string) =>
  conversationViewSchema.parse(await (await ask(app, getOne, viewer, { params: { conversationId } })).json());
const send = (app: TestApp, viewer: Viewer, conversationId: string, body: object) =>
  ask(app, postMessage, viewer, { params: { conversationId }, body });

describe('opening a direct conversation', () => {
  it('makes it once and finds it ever after, from either side', async () => {
    const { app, alice, bob } = await people();
    const first = await ask(app, create, alice, { body: { userIds: [bob.userId] } });
    const again = await ask(app, create, bob, { body: { userIds: [alice.userId] } });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect((await again.json()).id).toBe((await first.json()).id);
  });

  it.each(['nobody', 'known'] as const)(
    'with someone who may be messaged by %s is refused and leaves nothing',
    async (messagePermission) => {
      const { app, alice, bob } = await people({ Bob: { messagePermission } });
      expect((await ask(app, create, alice, { body: { userIds: [bob.userId] } })).status).toBe(403);
      expect(await app.deps.db.$count(conversations)).toBe(0);
    },
  );

  it('a block and a closed door give the very same answer', async () => {
    const { app, alice, bob, carol } = await people({ Carol: { messagePermission: 'nobody' } });
    await ask(app, block, bob, { method: 'PUT', params: { userId: alice.userId } });
    const answers = [];
    for (const who of [bob, carol]) {
      const { requestId: _, ...rest } = await (
        await ask(app, create, alice, { body: { userIds: [who.userId] } })
      ).json();
      answers.push(rest);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('with a user who does not exist is not found, and with oneself is refused', async () => {
    const { app, alice } = await people();
    expect((await ask(app, create, alice, { body: { userIds: [makeId('user')] } })).status).toBe(404);
    expect((await ask(app, create, alice, { body: { userIds: [alice.userId] } })).status).toBe(400);
  });
});

describe('groups', () => {
  it('are made with everyone or not at all', async () => {
    const { app, alice, bob, carol, dave } = await people({ Dave: { messagePermission: 'nobody' } });
    const refused = { userIds: [bob.userId, dave.userId] };
    expect((await ask(app, create, alice, { body: refused })).status).toBe(403);
    expect(await app.deps.db.$count(conversations)).toBe(0);
    const body = { userIds: [bob.userId, carol.userId, bob.userId, alice.userId], title: 'Trip' };
    const made = conversationViewSchema.parse(await (await ask(app, create, alice, { body })).json());
    expect(made).toMatchObject({ kind: 'group', title: 'Trip', creatorId: alice.userId });
    expect(new Set(made.memberIds)).toEqual(new Set([alice.userId, bob.userId, carol.userId]));
  });

  it('get the next colour each, also at the same moment, in every view and in their calls', async () => {
    const { app, alice, bob, carol } = await people();
    const body = { userIds: [bob.userId, carol.userId] };
    const made = await Promise.all(
      [1, 2, 3, 4, 5].map(async () =>
        conversationViewSchema.parse(await (await ask(app, create, alice, { body })).json()),
      ),
    );
    const byHue = (one: number | undefined, other: number | undefined) => (one ?? -1) - (other ?? -1);
    const dealt = [1, 2, 3, 4, 5].map(hueAt).sort(byHue);
    expect(made.map(({ hue }) => hue).sort(byHue)).toEqual(dealt);
    const [first] = made;
    const id = conversationIdSchema.parse(first?.id);
    expect((await view(app, bob, id)).hue).toBe(first?.hue);
    const { call } = await startCall(app.deps, alice, {
      target: { conversationId: id },
      requestId: null,
      clientId: tabOf(alice),
      switchFrom: null,
    });
    expect(call.conversation.hue).toBe(first?.hue);
    const direct = await app.makeConversation('direct', [alice, bob]);
    expect((await view(app, alice, direct)).hue).toBeUndefined();
  });

  it('have three people or more at the start', async () => {
    const { app, alice, bob } = await people();
    const body = { userIds: [bob.userId, alice.userId] };
    expect((await ask(app, create, alice, { body })).status).toBe(400);
  });

  it('only the creator adds and removes, everyone may leave, and who is out sees nothing more', async () => {
    const { app, alice, bob, carol, dave } = await people();
    const id = await app.makeConversation('group', [alice, bob, carol]);
    const change = (route: typeof putMember, method: string, who: Viewer, whom: Viewer) =>
      ask(app, route, who, { method, params: { conversationId: id, userId: whom.userId } });
    expect((await change(putMember, 'PUT', bob, dave)).status).toBe(403);
    expect((await change(deleteMember, 'DELETE', bob, carol)).status).toBe(403);
    expect((await change(putMember, 'PUT', alice, dave)).status).toBe(204);
    expect((await view(app, dave, id)).memberIds).toContain(dave.userId);
    expect((await change(deleteMember, 'DELETE', alice, dave)).status).toBe(204);
    expect(app.wakes.at(-1)?.who).toContain(dave.userId);
    expect((await ask(app, getOne, dave, { params: { conversationId: id } })).status).toBe(404);
    expect((await change(deleteMember, 'DELETE', bob, bob)).status).toBe(204);
    expect((await view(app, alice, id)).memberIds).toEqual(expect.not.arrayContaining([bob.userId]));
  });

  it('adding someone who only knows me from this very group is refused', async () => {
    const { app, alice, bob, carol, dave } = await people({ Dave: { messagePermission: 'known' } });
    const id = await app.makeConversation('group', [alice, bob, carol, dave]);
    await app.say(dave, id);
    const params = { conversationId: id, userId: dave.userId };
    await ask(app, deleteMember, dave, { method: 'DELETE', params });
    expect((await ask(app, putMember, alice, { method: 'PUT', params })).status).toBe(403);
  });

  it('any member renames a group; nothing else can be renamed', async () => {
    const { app, alice, bob, carol } = await people();
    const id = await app.makeConversation('group', [alice, bob, carol]);
    const direct = await app.makeConversation('direct', [alice, bob]);
    const rename = (conversationId: string) =>
      ask(app, patchOne, bob, { method: 'PATCH', params: { conversationId }, body: { title: 'New' } });
    expect((await rename(id)).status).toBe(200);
    expect((await view(app, alice, id)).title).toBe('New');
    expect((await rename(direct)).status).toBe(400);
  });

  it('muting is for the member alone, and sends nothing to others', async () => {
    const { app, alice, bob, carol } = await people();
    const id = await app.makeConversation('group', [alice, bob, carol]);
    await ask(app, patchOne, bob, {
      method: 'PATCH',
      params: { conversationId: id },
      body: { callsMuted: true },
    });
    expect((await view(app, bob, id)).callsMuted).toBe(true);
    expect((await view(app, alice, id)).callsMuted).toBe(false);
    expect(app.wakes.at(-1)?.who).toEqual([bob.userId]);
  });
});

describe('messages', () => {
  it('a repeat with the same id answers the first result and says nothing twice', async () => {
    const { app, alice, bob } = await people();
    const id = await app.makeConversation('direct', [alice, bob]);
    const first = await send(app, alice, id, { text: ' hello ', clientMessageId: 'client-id-1' });
    const again = await send(app, alice, id, { text: 'changed', clientMessageId: 'client-id-1' });
    expect([first.status, again.status]).toEqual([201, 200]);
    const message = messageViewSchema.parse(await first.json());
    expect(message.text).toBe('hello');
    expect(await again.json()).toEqual(message);
    // Another client may make the same id.
    expect((await send(app, bob, id, { text: 'mine', clientMessageId: 'client-id-1' })).status).toBe(201);
  });

  it('reach the conversation’s members alone', async () => {
    const { app, alice, bob, carol } = await people();
    const id = await app.makeConversation('direct', [alice, bob]);
    const channel = await app.makeConversation('channel', [alice, bob, carol]);
    const direct = await (await send(app, alice, id, { text: 'psst' })).json();
    const wake = app.wakes.at(-1);
    expect(new Set(wake?.who)).toEqual(new Set([alice.userId, bob.userId]));
    expect(wake?.what.messages).toEqual([direct.id]);
    expect(await readMessage(app.deps, carol.userId, direct.id)).toBeNull();
    await send(app, alice, channel, { text: 'all' });
    expect(app.wakes.at(-1)?.who).toBe('everyone');
  });

  it('stop between two people when either blocks the other, in words that do not reveal who', async () => {
    const { app, alice, bob } = await people();
    const id = await app.makeConversation('direct', [alice, bob]);
    await ask(app, block, bob, { method: 'PUT', params: { userId: alice.userId } });
    for (const who of [alice, bob]) {
      const answer = await send(app, who, id, { text: 'hi' });
      expect(await answer.json()).toMatchObject({ code: 'not_allowed', title: 'Action not allowed' });
    }
    expect((await view(app, alice, id)).lastMessage).toBeNull();
  });

  it('in a group go on across a block', async () => {
    const { app, alice, bob, carol } = await people();
    const id = await app.makeConversation('group', [alice, bob, carol]);
    await ask(app, block, bob, { method: 'PUT', params: { userId: alice.userId } });
    expect((await send(app, alice, id, { text: 'hi' })).status).toBe(201);
  });

  it('come in pages, newest first, that neither repeat nor skip when more is written', async () => {
    const { app, alice, bob } = await people();
    const id = await app.makeConversation('direct', [alice, bob]);
    for (let n = 1; n <= 7; n++) await app.say(alice, id, `${n}`);
    const seen: string[] = [];
    let before: number | null = null;
    do {
      const query: Record<string, string> = { limit: '3', ...(before ? { before: String(before) } : {}) };
      const answer = await ask(app, getMessages, bob, { params: { conversationId: id }, query });
      const page: { messages: MessageView[]; nextBefore: number | null } = await answer.json();
      seen.push(...page.messages.map((message) => message.text));
      before = page.nextBefore;
      await app.say(bob, id, 'later');
    } while (before !== null);
    expect(seen).toEqual(['7', '6', '5', '4', '3', '2', '1']);
  });

  it('come in pages that follow a position, too, up to the newest', async () => {
    const { app, alice, bob, carol } = await people();
    const id = await app.makeConversation('direct', [alice, bob]);
    for (let n = 1; n <= 7; n++) await app.say(alice, id, `${n}`);
    const read = async (query: Record<string, string>) =>
      ask(app, getMessages, bob, { params: { conversationId: id }, query: { limit: '3', ...query } });
    const oldest = await (await read({ limit: '7' })).json();
    let after: number | null = oldest.messages.at(-1).seq;
    const seen: string[] = [];
    while (after !== null) {
      const page: { messages: MessageView[]; nextAfter: number | null } = await (
        await read({ after: String(after) })
      ).json();
      seen.push(page.messages.map((message) => message.text).join());
      after = page.nextAfter;
    }
    expect(seen).toEqual(['4,3,2', '7,6,5']);
    const both = await read({ after: '1', before: '9' });
    expect(await both.json()).toMatchObject({ code: 'invalid_input' });
    const stranger = await ask(app, getMessages, carol, {
      params: { conversationId: id },
      query: { after: '1' },
    });
    expect(stranger.status).toBe(404);
  });

  it('are deleted by their author only, and their words are removed', async () => {
    const { app, alice, bob } = await people();
    const id = await app.makeConversation('direct', [alice, bob]);
    const messageId = await app.say(alice, id, 'a slip');
    const params = { conversationId: id, messageId };
    expect((await ask(app, deleteMessage, bob, { method: 'DELETE', params })).status).toBe(403);
    expect((await ask(app, deleteMessage, alice, { method: 'DELETE', params })).status).toBe(204);
    expect((await ask(app, deleteMessage, alice, { method: 'DELETE', params })).status).toBe(204);
    expect(await readMessage(app.deps, bob.userId, messageId)).toMatchObject({ text: '', isDeleted: true });
    expect((await view(app, bob, id)).lastMessage).toBeNull();
  });

  it.each(['', '   ', 'x'.repeat(4001)])('a text like %j is refused', async (text) => {
    const { app, alice, bob } = await people();
    const id = await app.makeConversation('direct', [alice, bob]);
    expect((await send(app, alice, id, { text })).status).toBe(400);
  });
});

describe('unread', () => {
  it('counts what others wrote since I read, never backwards', async () => {
    const { app, alice, bob } = await people();
    const id = await app.makeConversation('direct', [alice, bob]);
    for (const text of ['1', '2', '3']) await app.say(alice, id, text);
    expect((await view(app, bob, id)).unreadCount).toBe(3);
    expect((await view(app, alice, id)).unreadCount).toBe(0);
    const params = { conversationId: id };
    const { messages } = await (await ask(app, getMessages, bob, { params })).json();
    const read = (seq: number) => ask(app, putRead, bob, { method: 'PUT', params, body: { seq } });
    await read(messages[1].seq);
    expect((await view(app, bob, id)).unreadCount).toBe(1);
    await read(messages[2].seq);
    expect((await view(app, bob, id)).unreadCount).toBe(1);
    await read(1_000_000);
    await app.say(alice, id, '4');
    expect((await view(app, bob, id)).unreadCount).toBe(1);
  });

  it('writing means having read', async () => {
    const { app, alice, bob } = await people();
    const id = await app.makeConversation('direct', [alice, bob]);
    await app.say(alice, id);
    await send(app, bob, id, { text: 'hi' });
    expect((await view(app, bob, id)).unreadCount).toBe(0);
  });
});

it('a conversation of others and one that does not exist respond alike', async () => {
  const { app, alice, bob, carol } = await people();
  const theirs = await app.makeConversation('group', [alice, bob]);
  const messageId = await app.say(alice, theirs);
  const problems = [];
  for (const conversationId of [theirs, makeId('conv')]) {
    const params = { conversationId, userId: bob.userId, messageId };
    const answers = [
      await ask(app, getOne, carol, { params }),
      await ask(app, patchOne, carol, { method: 'PATCH', params, body: { title: 'mine' } }),
      await ask(app, putMember, carol, { method: 'PUT', params }),
      await ask(app, deleteMember, carol, { method: 'DELETE', params }),
      await ask(app, putRead, carol, { method: 'PUT', params, body: { seq: 1 } }),
      await ask(app, getMessages, carol, { params }),
      await ask(app, postMessage, carol, { params, body: { text: 'hi' } }),
      await ask(app, deleteMessage, carol, { method: 'DELETE', params }),
    ];
    problems.push(
      await Promise.all(
        answers.map(async (answer) => {
          const { requestId: _, ...rest } = await answer.json();
          return rest;
        }),
      ),
    );
  }
  expect(problems[0]).toEqual(problems[1]);
  expect(problems[0]?.every((problem) => problem.status === 404)).toBe(true);
  expect(await (await ask(app, getAll, carol)).json()).toEqual({ conversations: [] });
});
