import { eq } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '@/db/open-store';
import { callBacks, users } from '@/db/schema';
import { isUniqueViolation } from '@/db/store-errors';
import { makeTestDatabase, makeTestFolder } from '../support/test-database';
import { writeOne, writtenIn } from '../support/write-one';

async function openFresh() {
  const { place, giveBack } = await makeTestDatabase(makeTestFolder());
  const store = openStore(place);
  onTestFinished(async () => {
    await store.close();
    await giveBack();
  });
  const written = () => writtenIn(store);
  const person = (username: string, more: Partial<typeof users.$inferInsert> = {}) => ({
    id: `user_${username}` as typeof users.$inferSelect.id,
    username,
    displayName: username,
    passwordHash: 'unset',
    messagePermission: 'everyone' as const,
    callPermission: 'everyone' as const,
    createdAt: 1_700_000_000_123,
    ...more,
  });
  return { store, written, person };
}

it('a transaction that throws leaves nothing of what it wrote', async () => {
  const { store, written } = await openFresh();
  const failing = store.transaction(async (tx) => {
    await writeOne(tx);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await written()).toBe(0);
});

it('fifty at once lose no update', async () => {
  const { store, written } = await openFresh();
  await Promise.all(Array.from({ length: 50 }, () => store.transaction(writeOne)));
  expect(await written()).toBe(50);
});

it('what was committed is read at once', async () => {
  const { store, written } = await openFresh();
  for (let n = 1; n <= 20; n += 1) {
    await store.transaction(writeOne);
    expect(await written()).toBe(n);
  }
});

it('values come back as they were written', async () => {
  const { store, person } = await openFresh();
  const row = person('zoë', {
    doNotDisturb: true,
    about: '“A”\n😀 % _ \\',
    suspendedAt: null,
    joinNumber: 7,
  });
  await store.transaction(async (tx) => {
    await tx.insert(users).values(row);
  });
  const [read] = await store.db.select().from(users);
  expect(read).toMatchObject(row);
  expect(read).toMatchObject({ isOperator: false, removedAt: null, revision: 0, missedCallsSeenAt: 0 });
  expect(await store.db.$count(users, eq(users.doNotDisturb, true))).toBe(1);
});

it('names are sorted by their characters’ numbers', async () => {
  const { store, person } = await openFresh();
  const names = ['éa', 'b', 'a b', 'Z', 'ab', 'a-c'];
  await store.transaction(async (tx) => {
    await tx
      .insert(users)
      .values(names.map((name, at) => person(`p${at}`, { displayName: name, joinNumber: at })));
  });
  const rows = await store.db.select({ name: users.displayName }).from(users).orderBy(users.displayName);
  expect(rows.map((row) => row.name)).toEqual([...names].sort());
});

it('a second row that a unique index refuses is recognised, and its transaction leaves nothing', async () => {
  const { store, person, written } = await openFresh();
  const insert = (name: string, joinNumber: number) =>
    store.transaction(async (tx) => {
      await writeOne(tx);
      await tx.insert(users).values(person(name, { joinNumber }));
    });
  await insert('alice', 1);
  const error = await insert('bob', 1).catch((thrown: unknown) => thrown);
  expect(isUniqueViolation(error)).toBe(true);
  expect(await written()).toBe(1);
  expect(isUniqueViolation(new Error('no'))).toBe(false);
});

it('a row that points nowhere is refused', async () => {
  const { store, person } = await openFresh();
  const { id } = person('alice');
  const pointing = store.transaction(async (tx) => {
    await tx.insert(callBacks).values({ conversationId: 'conv_none' as never, userId: id, dueAt: 1 });
  });
  await expect(pointing).rejects.toThrow();
});

it('what is used past its transaction, around it, or within another throws', async () => {
  const { store, written } = await openFresh();
  const kept = await store.transaction(async (tx) => [tx] as const);
  expect(() => kept[0].select()).toThrow();
  await expect(store.transaction(() => written())).rejects.toThrow('read through tx');
  await expect(store.transaction(() => store.transaction(writeOne))).rejects.toThrow('pass tx down');
});

it('is open until it is closed', async () => {
  const { store } = await openFresh();
  expect(await store.ping()).toBe(true);
});
