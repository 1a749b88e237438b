import { conversationViewSchema } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { conversations } from '@/db/schema';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { ask, makeTestApp } from '../support/make-test-deps';

const add = routes['PUT /api/conversations/[conversationId]/members/[userId]'];
const remove = routes['DELETE /api/conversations/[conversationId]/members/[userId]'];
const getOne = routes['GET /api/conversations/[conversationId]'];
const create = routes['POST /api/conversations'];

async function crowd() {
  const app = await makeTestApp();
  const alice = await app.makeUser('Alice');
  const others: Viewer[] = [];
  for (let number = 1; number <= 25; number += 1) others.push(await app.makeUser(`Person${number}`));
  return { app, alice, ids: others.map(({ userId }) => userId) };
}

it('a group is made with 25 people, and with 26 it is refused and nothing is left', async () => {
  const { app, alice, ids } = await crowd();
  for (const userIds of [ids, [...ids, alice.userId]]) {
    const refused = await ask(app, create, alice, { body: { userIds } });
    expect([refused.status, (await refused.json()).code]).toEqual([400, 'invalid_input']);
  }
  expect(await app.deps.db.$count(conversations)).toBe(0);
  // The creator is one of the 25, named or not.
  for (const userIds of [ids.slice(1), [alice.userId, ...ids.slice(1)]]) {
    const made = await ask(app, create, alice, { body: { userIds } });
    expect(made.status).toBe(201);
    expect(conversationViewSchema.parse(await made.json()).memberIds).toHaveLength(25);
  }
});

it('a group of 25 takes no further member; adding one of them again changes nothing', async () => {
  const { app, alice, ids } = await crowd();
  const [extra = '', ...most] = ids;
  const made = await (await ask(app, create, alice, { body: { userIds: most } })).json();
  const put = (userId: string) =>
    ask(app, add, alice, { method: 'PUT', params: { conversationId: made.id, userId } });
  const refused = await put(extra);
  expect(refused.status).toBe(400);
  expect((await refused.json()).detail).toContain('at most 25 people');
  expect((await put(most[0] ?? '')).status).toBe(204);
});

it('a group stays a group, however few are left in it', async () => {
  const { app, alice, ids } = await crowd();
  const made = await (await ask(app, create, alice, { body: { userIds: ids.slice(0, 2) } })).json();
  for (const [index, userId] of ids.slice(0, 2).entries()) {
    const params = { conversationId: made.id, userId };
    expect((await ask(app, remove, alice, { method: 'DELETE', params })).status).toBe(204);
    const left = await (await ask(app, getOne, alice, { params: { conversationId: made.id } })).json();
    expect([left.kind, left.memberIds.length]).toEqual(['group', 2 - index]);
  }
  // Nor do two who are left in one become each other's direct conversation.
  const direct = await ask(app, create, alice, { body: { userIds: ids.slice(0, 1) } });
  expect([direct.status, (await direct.json()).kind]).toEqual([201, 'direct']);
});
