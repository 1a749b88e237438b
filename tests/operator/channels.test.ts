import { expect, it } from 'vitest';
import { readConversation } from '@/lib/conversations/read-conversations';
import { routes } from '@/lib/routes/registry';
import { ask, makeTestApp } from '../support/make-test-deps';

const rename = routes['PATCH /api/operator/channels/[conversationId]'];
const create = routes['POST /api/operator/channels'];

it('a new channel contains everyone, and every stream receives it', async () => {
  const app = await makeTestApp();
  const olga = await app.makeUser('Olga', { isOperator: true });
  const bob = await app.makeUser('Bob');
  const made = await ask(app, create, olga, { body: { title: 'garden' } });
  expect(made.status).toBe(201);
  const { id } = await made.json();
  const seen = (await app.deps.readers.snapshot(bob)).conversations;
  expect(seen).toMatchObject([{ id, kind: 'channel', title: 'garden', memberIds: null, unreadCount: 0 }]);
  expect(app.wakes.at(-1)).toEqual({ who: 'everyone', what: { conversations: [id] } });
});

it('a channel takes a new name, but not one that another has, and a group is no channel', async () => {
  const app = await makeTestApp();
  const olga = await app.makeUser('Olga', { isOperator: true });
  const garden = await app.makeConversation('channel', [olga], 'garden');
  await app.makeConversation('channel', [olga], 'kitchen');
  const group = await app.makeConversation('group', [olga], 'trip');
  const to = async (conversationId: string, title: string) =>
    (await ask(app, rename, olga, { method: 'PATCH', params: { conversationId }, body: { title } })).status;
  expect(await to(garden, 'kitchen')).toBe(409);
  expect(await to(garden, 'yard')).toBe(204);
  expect(await to(garden, 'yard')).toBe(204);
  expect(await to(group, 'mine')).toBe(404);
  expect((await readConversation(app.deps, olga.userId, garden))?.title).toBe('yard');
});
