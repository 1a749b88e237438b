import type { UserView } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { users } from '@/db/schema';
import { makeId } from '@/lib/ids';
import { removePerson } from '@/lib/operator/remove-person';
import { suspendPerson } from '@/lib/operator/suspend-person';
import { fillSortNames } from '@/lib/users/find-people';
import { readPeopleAtOnce } from '@/lib/users/people-at-once';
import { findPeopleHere } from '@/lib/users/people-here';
import { askRoute } from '../support/ask-route';
import { twoTalking } from '../support/in-process-call';
import { makeTestApp } from '../support/make-test-deps';

type Page = { users: UserView[]; next: string | null; count?: number };

async function fivePeople() {
  const app = await makeTestApp();
  const names = ['Zoë', 'anna', 'Özlem', 'Bert', 'Émile'];
  const people = [];
  for (const [n, name] of names.entries())
    people.push(await app.makeUser(name, { username: `p${n}`, isOperator: n === 0 }));
  const [zoe, anna, , bert] = people;
  if (!zoe || !anna || !bert) throw new Error('five people were made');
  const page = async (query: Record<string, string>) => {
    const answer = await askRoute(app, 'GET /api/users', zoe, { query });
    const { users: found, next, count }: Page = await answer.json();
    return { status: answer.status, names: found?.map((user) => user.displayName), next, count };
  };
  const rename = (who: typeof anna, displayName: string) =>
    askRoute(app, 'PATCH /api/me', who, { body: { displayName } });
  return { app, zoe, anna, bert, page, rename };
}

test('everyone comes by name, whatever its case and accents, page by page', async () => {
  const { page } = await fivePeople();
  expect((await page({})).names).toEqual(['anna', 'Bert', 'Émile', 'Özlem', 'Zoë']);
  const first = await page({ limit: '2' });
  const second = await page({ limit: '2', after: first.next ?? '' });
  const third = await page({ limit: '2', after: second.next ?? '' });
  expect([first.names, second.names, third.names]).toEqual([['anna', 'Bert'], ['Émile', 'Özlem'], ['Zoë']]);
  expect(third.next).toBeNull();
});

test('a page begins where the last one ended, also when that person is renamed or removed meanwhile', async () => {
  const { app, zoe, anna, bert, page, rename } = await fivePeople();
  const { next } = await page({ limit: '2' });
  await rename(anna, 'Wanda');
  await removePerson(app.deps, zoe.userId, bert.userId);
  expect((await page({ after: next ?? '' })).names).toEqual(['Émile', 'Özlem', 'Wanda', 'Zoë']);
});

test('a search finds a part of the name or the username, by name', async () => {
  const { page } = await fivePeople();
  expect((await page({ search: 'ZOE' })).names).toEqual(['Zoë']);
  expect((await page({ search: 'é' })).names).toEqual(['Bert', 'Émile', 'Özlem', 'Zoë']);
  expect((await page({ search: '@p4' })).names).toEqual(['Émile']);
  expect((await page({ search: '%' })).names).toEqual([]);
});

test('those who are here come by name, page by page, with how many they are', async () => {
  const { app, zoe, anna, bert, page } = await fivePeople();
  for (const person of [zoe, bert, anna]) await app.deps.presence.opened(person);
  const first = await page({ presence: 'here', limit: '2' });
  expect(first).toMatchObject({ names: ['anna', 'Bert'], count: 3 });
  expect(await page({ presence: 'here', limit: '2', after: first.next ?? '' })).toMatchObject({
    names: ['Zoë'],
    next: null,
  });
  expect(await page({ presence: 'here', search: 'zoe' })).toMatchObject({ names: ['Zoë'], count: 1 });
  expect((await page({ search: 'zoe' })).count, 'of everyone none are counted').toBeUndefined();
  await suspendPerson(app.deps, zoe.userId, bert.userId);
  expect((await page({ presence: 'here' })).names).toEqual(['anna', 'Zoë']);
});

test('those in a call are among those who are here, also while none of their browsers answers', async () => {
  const { app, alice, bob } = await twoTalking();
  await app.makeUser('Carol');
  const { ids } = await findPeopleHere(app.deps, { search: '', limit: 9 });
  expect(ids).toEqual([alice.userId, bob.userId]);
});

test('those who are here are read once for all who ask meanwhile', async () => {
  const { app, zoe } = await fivePeople();
  await app.deps.presence.opened(zoe);
  const asked = vi.spyOn(app.deps.presence, 'shown');
  const ask = () => findPeopleHere(app.deps, { search: '', limit: 9 });
  const [first, second] = await Promise.all([ask(), ask()]);
  expect([first.ids, second.ids]).toEqual([[zoe.userId], [zoe.userId]]);
  expect(asked).toHaveBeenCalledOnce();
});

test('named people come in the order of their ids in the question, without those who are unknown', async () => {
  const { zoe, anna, page } = await fivePeople();
  expect((await page({ ids: `${zoe.userId},user_unknown,${anna.userId}` })).names).toEqual(['Zoë', 'anna']);
  expect((await page({ ids: 'no id' })).status).toBe(400);
  expect((await page({ ids: zoe.userId, search: 'z' })).status).toBe(400);
});

test('who came before names were ordered has a place after the next start', async () => {
  const { app, anna, page } = await fivePeople();
  await app.deps.transaction(async (tx) => {
    await tx.update(users).set({ sortName: '' }).where(eq(users.id, anna.userId));
  });
  expect((await page({ search: 'anna' })).names).toEqual([]);
  await fillSortNames(app.deps);
  expect((await page({ search: 'anna' })).names).toEqual(['anna']);
});

test('a person who was renamed while places in the order were filled keeps the one of the new name', async () => {
  const { app, anna, page, rename } = await fivePeople();
  await app.deps.transaction(async (tx) => {
    await tx.update(users).set({ sortName: '' }).where(eq(users.id, anna.userId));
  });
  await fillSortNames({
    db: app.deps.db,
    // Another server is faster.
    transaction: async (work) => {
      await rename(anna, 'Wanda');
      return app.deps.transaction(work);
    },
  });
  expect((await page({})).names.slice(-2)).toEqual(['Wanda', 'Zoë']);
});

test('a snapshot of everyone holds those, too, who came after everyone was counted', async () => {
  const { app, zoe } = await fivePeople();
  await app.deps.transaction((tx) =>
    tx.insert(users).values(
      Array.from({ length: 300 }, (_, n) => ({
        id: makeId('user'),
        username: `crowd${n}`,
        displayName: `Crowd ${n}`,
        sortName: `crowd ${n}`,
        passwordHash: 'unset',
        messagePermission: 'everyone' as const,
        callPermission: 'everyone' as const,
        joinNumber: 100 + n,
        createdAt: 0,
      })),
    ),
  );
  const counted = 300;
  const { users: shown } = await readPeopleAtOnce(app.deps, zoe.userId, counted, []);
  expect(shown.map((user) => user.displayName)).toContain('Zoë');
});

test('a list of those who are here that could not be read is read again by who asks next', async () => {
  const { app, anna } = await fivePeople();
  await app.deps.presence.opened(anna);
  const isAway = { is: true };
  const db: typeof app.deps.db = Object.create(app.deps.db, {
    select: {
      value: (...given: []) => {
        if (isAway.is) throw new Error('the database is away');
        return app.deps.db.select(...given);
      },
    },
  });
  // Reading takes a while, which decides for how long a list is used.
  let now = 0;
  const clock = { ...app.clock, now: () => (now += 1000) };
  const ask = () => findPeopleHere({ ...app.deps, db, clock }, { search: '', limit: 9 });
  await expect(ask()).rejects.toThrow('away');
  isAway.is = false;
  expect((await ask()).ids).toEqual([anna.userId]);
});
