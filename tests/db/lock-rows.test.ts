import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LocksOutgrown, lockRows, noteInserted, requireLocked } from '@/db/lock-rows';
import type { Locker } from '@/db/locker';
import { migrate } from '@/db/migrate';
import { openStore } from '@/db/open-store';
import type { ConversationId, UserId } from '@/lib/ids';

const [alice, bob] = ['user_alice', 'user_bob'] as UserId[] as [UserId, UserId];
const [one, two] = ['conv_1', 'conv_2'] as ConversationId[] as [ConversationId, ConversationId];

/** A store that locks, and what it locked. */
function storeThatLocks() {
  const locked: string[] = [];
  const lock: Locker = async (table, ids) => void locked.push(`${table}: ${ids.join(' ')}`);
  return { store: openFresh(lock), locked };
}

function openFresh(lock?: Locker) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-locks-'));
  const file = join(folder, 'parley.db');
  migrate(file);
  const store = openStore(file, lock);
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return store;
}

it('the community is locked first, then conversations, then people, each once and in the order of ids', async () => {
  const { store, locked } = storeThatLocks();
  await store.transaction((tx) =>
    lockRows(tx, { people: [bob, alice, bob], conversations: [two, one], community: true }),
  );
  expect(locked).toEqual(['community: 1', 'conversations: conv_1 conv_2', 'users: user_alice user_bob']);
});

it('people are looked up once the conversations are locked', async () => {
  const { store, locked } = storeThatLocks();
  await store.transaction((tx) =>
    lockRows(tx, {
      conversations: async () => [one],
      people: async () => (locked.length > 0 ? [alice] : [bob]),
    }),
  );
  expect(locked).toEqual(['conversations: conv_1', 'users: user_alice']);
});

it('nothing is raised that is not locked, but for what the transaction itself inserted', async () => {
  const { store } = storeThatLocks();
  await store.transaction(async (tx) => {
    await lockRows(tx, { people: [alice] });
    noteInserted(tx, two);
    requireLocked(tx, [alice, two]);
    expect(() => requireLocked(tx, [alice, bob])).toThrow(LocksOutgrown);
  });
});

it('a store whose transactions run one at a time looks nothing up and refuses nothing', async () => {
  await openFresh().transaction(async (tx) => {
    await lockRows(tx, { people: () => Promise.reject(new Error('looked up')) });
    requireLocked(tx, [alice]);
  });
});
