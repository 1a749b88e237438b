import { expect, it } from 'vitest';
import { makeDemoCommunity } from '@/db/demo-community';
import { users } from '@/db/schema';
import { hashPassword } from '@/lib/auth/password';
import { authorize } from '@/lib/auth/sign-in';
import { makeTestApp } from '../support/make-test-deps';

it('the demo has five people who can sign in, and what they need to try everything; a second boot changes nothing', async () => {
  const { deps, clock } = await makeTestApp();
  await makeDemoCommunity(deps, clock, hashPassword);
  await makeDemoCommunity(deps, clock, hashPassword);
  expect(await deps.db.$count(users)).toBe(5);
  const alice = await authorize(deps, { username: 'alice', password: 'parley-demo' }, new Headers());
  if (!alice) throw new Error('Alice could not sign in');
  const snapshot = await deps.readers.snapshot({ ...alice, isOperator: true });
  expect(snapshot.community).toEqual({ name: 'Harbour Street', registration: 'open' });
  expect(snapshot.me.isOperator).toBe(true);
  const titles = snapshot.conversations.map(({ kind, title }) => `${kind} ${title}`).sort();
  expect(titles).toEqual(['channel general', 'channel random', 'direct null', 'group Weekend trip']);
  expect(snapshot.conversations.every(({ lastMessage }) => lastMessage !== null)).toBe(true);
  for (const { username, messagePermission, callPermission } of await deps.db.select().from(users)) {
    const permission = username === 'erin' ? 'nobody' : 'everyone';
    expect({ messagePermission, callPermission }, username).toEqual({
      messagePermission: permission,
      callPermission: permission,
    });
  }
  const dave = snapshot.users.find(({ username }) => username === 'dave');
  expect(snapshot.conversations.some(({ memberIds }) => memberIds?.includes(dave?.id ?? ''))).toBe(false);
});
