import { eq, sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { lockRows, requireLocked } from '@/db/lock-rows';
import { openStore } from '@/db/open-store';
import { blocks, conversations, users } from '@/db/schema';
import type { Store } from '@/db/store';
import { isStoreBusy } from '@/db/store-errors';
import type { ConversationId, UserId } from '@/lib/ids';
import { withClient } from '../support/postgres-databases';
import { makeTestDatabase, makeTestFolder } from '../support/test-database';
import { waitFor } from '../support/wait-for';
import { writeOne, writtenIn } from '../support/write-one';

/** One database, as two servers have it open. */
async function twoServers() {
  const { place, giveBack } = await makeTestDatabase(makeTestFolder());
  const [one, other] = [1, 2].map(() => openStore(place)) as [Store, Store];
  onTestFinished(async () => {
    await Promise.all([one.close(), other.close()]);
    await giveBack();
  });
  return { place, one, other };
}

const idOf = (name: string) => `user_${name}` as UserId;
const person = (name: string, joinNumber: number) => ({
  id: idOf(name),
  username: name,
  displayName: name,
  passwordHash: 'unset',
  messagePermission: 'everyone' as const,
  callPermission: 'everyone' as const,
  createdAt: 1,
  joinNumber,
});

/** Whether a connection to this database waits for a lock. */
async function oneWaits(place: string): Promise<boolean> {
  const { rows } = await withClient(place, (client) =>
    client.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    ),
  );
  return rows.length > 0;
}

/** Both sides of a meeting wait until the other one has come. */
function meeting() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come += 1;
    if (come >= 2) resolve();
    return promise;
  };
}

it('two servers lose no update of each other', async () => {
  const { one, other } = await twoServers();
  await Promise.all(
    [one, other].flatMap((store) => Array.from({ length: 40 }, () => store.transaction(writeOne))),
  );
  expect(await writtenIn(one)).toBe(80);
});

it('transactions run at the same time', async () => {
  const { one } = await twoServers();
  const meet = meeting();
  await Promise.all(
    ['alice', 'bob'].map((name, at) =>
      one.transaction(async (tx) => {
        await tx.insert(users).values(person(name, at));
        await meet();
      }),
    ),
  );
  expect(await one.db.$count(users)).toBe(2);
});

it('who touches the same person waits, at whichever server, and then reads what was committed', async () => {
  const { place, one, other } = await twoServers();
  await one.transaction(async (tx) => void (await tx.insert(users).values(person('alice', 1))));
  const { promise: isLocked, resolve: noteLocked } = Promise.withResolvers<void>();
  const isAlice = eq(users.username, 'alice');
  const first = one.transaction(async (tx) => {
    await lockRows(tx, { people: [idOf('alice')] });
    noteLocked();
    await waitFor('the other one', () => oneWaits(place), 10_000);
    await tx.update(users).set({ about: 'the first was here' }).where(isAlice);
  });
  await isLocked;
  const second = other.transaction(async (tx) => {
    await lockRows(tx, { people: [idOf('alice')] });
    return (await tx.select({ about: users.about }).from(users).where(isAlice))[0];
  });
  await first;
  expect(await second).toEqual({ about: 'the first was here' });
});

it('meanwhile other people are locked, and rows are inserted that refer to the locked ones', async () => {
  const { one, other } = await twoServers();
  await one.transaction(async (tx) => {
    await tx.insert(users).values([person('alice', 1), person('bob', 2)]);
  });
  const { promise: isLocked, resolve: noteLocked } = Promise.withResolvers<void>();
  const meanwhile = isLocked.then(() =>
    other.transaction(async (tx) => {
      await lockRows(tx, { people: [idOf('bob')] });
      await tx.insert(blocks).values({ blockerId: idOf('bob'), blockedId: idOf('alice'), createdAt: 1 });
    }),
  );
  await one.transaction(async (tx) => {
    await lockRows(tx, { people: [idOf('alice')] });
    noteLocked();
    await meanwhile;
  });
  expect(await one.db.$count(blocks)).toBe(1);
});

it('a transaction that came upon more than it had locked runs again, and is busy when that never ends', async () => {
  const { one } = await twoServers();
  let runs = 0;
  const once = one.transaction(async (tx) => {
    runs += 1;
    if (runs === 1) requireLocked(tx, [idOf('alice')]);
    return runs;
  });
  expect(await once).toBe(2);
  const always = one.transaction(async (tx) => requireLocked(tx, [idOf('alice')]));
  expect(isStoreBusy(await always.catch((error: unknown) => error))).toBe(true);
});

it('of two that wait for each other’s rows one is repeated, and both are committed', async () => {
  const { one, other } = await twoServers();
  await one.transaction(async (tx) => {
    await tx.insert(users).values([person('alice', 1), person('bob', 2)]);
  });
  const meet = meeting();
  let runs = 0;
  const touch = (store: typeof one, names: string[]) =>
    store.transaction(async (tx) => {
      runs += 1;
      for (const [at, name] of names.entries()) {
        await tx
          .update(users)
          .set({ revision: sql`${users.revision} + 1` })
          .where(eq(users.username, name));
        if (at === 0) await meet();
      }
    });
  await Promise.all([touch(one, ['alice', 'bob']), touch(other, ['bob', 'alice'])]);
  const rows = await one.db.select({ revision: users.revision }).from(users);
  expect(rows).toEqual([{ revision: 2 }, { revision: 2 }]);
  expect(runs, 'one of them once more').toBeGreaterThan(2);
});

it('who loses against a unique index looks again, and finds the winner’s row', async () => {
  const { one, other } = await twoServers();
  const meet = meeting();
  const open = (store: typeof one, id: string) =>
    store.transaction(async (tx) => {
      const [found] = await tx.select().from(conversations).where(eq(conversations.directPair, 'a:b'));
      await meet();
      if (found) return found.id;
      await tx.insert(conversations).values({
        id: id as ConversationId,
        kind: 'direct',
        directPair: 'a:b',
        createdAt: 1,
        lastActivityAt: 1,
      });
      return id;
    });
  const ids = await Promise.all([open(one, 'conv_1'), open(other, 'conv_2')]);
  expect(new Set(ids).size).toBe(1);
  expect(await one.db.$count(conversations)).toBe(1);
});

it('an error of a statement that the work catches still fails the transaction', async () => {
  const { one } = await twoServers();
  const work = one.transaction(async (tx) => {
    await tx.insert(users).values(person('alice', 1));
    const twice = await tx
      .insert(users)
      .values(person('alice', 2))
      .catch(() => 'caught');
    expect(twice).toBe('caught');
  });
  await expect(work).rejects.toThrow('nothing is written');
  expect(await one.db.$count(users)).toBe(0);
});

it('nothing is written through db', async () => {
  const { one } = await twoServers();
  const insert = Reflect.get(one.db, 'insert').bind(one.db);
  await expect(insert(users).values(person('alice', 1))).rejects.toMatchObject({ cause: { code: '25006' } });
});

it('a connection that the server ends fails as busy, and the next transaction gets another', async () => {
  const { place, one } = await twoServers();
  const ended = one.transaction(async (tx) => {
    await writeOne(tx);
    await withClient(place, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'parley'`,
      ),
    );
    await writeOne(tx);
  });
  expect(isStoreBusy(await ended.catch((error: unknown) => error))).toBe(true);
  await one.transaction(writeOne);
  expect(await writtenIn(one)).toBe(1);
});

it('a server that is not there is busy', async () => {
  const store = openStore('postgres://app@127.0.0.1:9/none');
  onTestFinished(() => store.close());
  expect(isStoreBusy(await store.ping().catch((error: unknown) => error))).toBe(true);
  expect(isStoreBusy(await store.transaction(writeOne).catch((error: unknown) => error))).toBe(true);
});
