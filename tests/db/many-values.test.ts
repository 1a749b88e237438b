import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { inChunks } from '@/db/chunks';
import { lockRows } from '@/db/lock-rows';
import { raiseUsers } from '@/db/revision';
import { members, users } from '@/db/schema';
import { endSignIns } from '@/lib/calls/commands/end-sign-ins';
import { readRoomPrefix } from '@/lib/calls/commands/start-call';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { recordAlive } from '@/lib/calls/save-call';
import { readCallEntries } from '@/lib/conversations/call-entry';
import { readConversations } from '@/lib/conversations/read-conversations';
import { type CallId, makeId, type SignInId, type UserId } from '@/lib/ids';
import { removePerson } from '@/lib/operator/remove-person';
import { readPersons, readUsers } from '@/lib/users/read-users';
import { makeTestApp, type TestApp } from '../support/make-test-deps';
import { runSql } from '../support/test-database';

/** More than SQLite binds in one statement (32,766). */
const many = 33_000;
const numbered = <Id extends string>(name: string) =>
  Array.from({ length: many }, (_, i) => `${name}_${i}` as Id);

/** Rows written by SQL alone, `i` counting them: one by one they would take minutes. */
const insertMany = (app: TestApp, statement: string) =>
  runSql(
    app.deps,
    `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${many - 1}) ${statement}`,
  );

const insertPeople = (app: TestApp) =>
  insertMany(
    app,
    `insert into users
       (id, username, display_name, password_hash, message_permission, call_permission, join_number, created_at)
     select 'user_' || i, 'user' || i, 'Person', 'unset', 'everyone', 'everyone', 1000 + i, 1 from n`,
  );

it('a list of any length is read part by part, in its order', async () => {
  const values = Array.from({ length: 25_000 }, (_, i) => i);
  const lengths: number[] = [];
  const read = await inChunks(values, async (some) => {
    lengths.push(some.length);
    return some.map((value) => value * 2);
  });
  expect(lengths).toEqual([10_000, 10_000, 5000]);
  expect(read).toEqual(values.map((value) => value * 2));
  expect(await inChunks([], () => Promise.reject(new Error('an empty list is asked about')))).toEqual([]);
});

it('more people than one statement takes are raised and read', async () => {
  const app = await makeTestApp();
  const viewer = await app.makeUser('Alice');
  await insertPeople(app);
  const ids = numbered<UserId>('user');
  await app.deps.transaction(async (tx) => {
    await lockRows(tx, { people: ids });
    await raiseUsers(tx, ids);
  });
  expect(await readPersons(app.deps.db, ids)).toHaveLength(many);
  const seen = await readUsers(app.deps, viewer.userId, ids);
  expect(seen).toHaveLength(many);
  expect(new Set(seen.map((user) => user.revision)).size, 'raised together').toBe(1);
});

it('a person with more sign-ins than one statement takes leaves their calls', async () => {
  const app = await makeTestApp();
  const revoked = numbered<SignInId>('signin');
  const { userId } = await app.makeUser('Alice');
  expect((await endSignIns(app.deps, userId, async () => ({ revoked }))).revoked).toHaveLength(many);
});

it('more call entries than one statement takes are read', async () => {
  const app = await makeTestApp();
  const { userId } = await app.makeUser('Alice');
  const ids = numbered<CallId>('call');
  const entryFor = await readCallEntries(app.deps.db, ids);
  expect(ids.filter((id) => entryFor(id, userId) !== null)).toEqual([]);
});

it('more calls and rooms than one statement takes are compared with LiveKit', async () => {
  const app = await makeTestApp();
  const conversationId = makeId('conv');
  const alive = numbered<CallId>('call').map((id) => ({ id, conversationId }));
  await expect(recordAlive(app.deps, alive, 1)).resolves.toBeUndefined();
  const prefix = await readRoomPrefix(app.deps);
  for (const name of numbered<string>(prefix)) await app.deps.media.createRoom(name);
  expect(await reconcileCalls(app.deps)).toBe(true);
});

it('a person in more groups than one statement takes sees them, and can be removed', async () => {
  const app = await makeTestApp();
  const operator = await app.makeUser('Olga', { isOperator: true });
  const { userId } = await app.makeUser('Alice');
  await insertMany(
    app,
    `insert into conversations (id, kind, title, created_at, last_activity_at)
     select 'conv_' || i, 'group', 'Group', 1, i from n`,
  );
  await insertMany(
    app,
    `insert into members (conversation_id, user_id, joined_at) select 'conv_' || i, '${userId}', 1 from n`,
  );
  const read = await readConversations(app.deps, userId);
  expect(read).toHaveLength(many);
  expect(read[0]).toMatchObject({ id: `conv_${many - 1}`, memberIds: [userId], unreadCount: 0 });
  await removePerson(app.deps, operator.userId, userId);
  expect(await app.deps.db.$count(members, eq(members.userId, userId))).toBe(0);
  expect(await app.deps.db.$count(users, eq(users.id, userId))).toBe(1);
});
