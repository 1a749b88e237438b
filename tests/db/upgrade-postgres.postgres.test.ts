import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { databaseUrl } from '@/db/dialect';
import { openDatabase } from '@/db/open-database';
import { community } from '@/db/schema';
import { moveTable, upgradePostgres } from '@/db/upgrade-postgres.mjs';
import { root } from '@/scripts/paths.mjs';
import { makeDatabase, withClient } from '../support/postgres-databases';
import { makeTestFolder } from '../support/test-database';

const fresh = (encoding?: string) => makeDatabase(databaseUrl ?? '', { isEmpty: true, encoding });

/** The migrations, of which the newest was made this much later. */
function migrationsLaterBy(ms: number): string {
  const folder = makeTestFolder();
  cpSync(join(root, 'db', 'migrations', 'postgres'), folder, { recursive: true });
  const file = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8'));
  journal.entries.at(-1).when += ms;
  writeFileSync(file, JSON.stringify(journal));
  return folder;
}

it('two servers that start at once on an empty database both come up, with one community', async () => {
  const url = await fresh();
  const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ dataDir: '/nowhere', url })));
  expect(opened.map(({ isNew }) => isNew).sort()).toEqual([false, false, true]);
  for (const { store } of opened) {
    expect(await store.db.select().from(community)).toHaveLength(1);
    await store.close();
  }
});

it('a second start changes nothing', async () => {
  const url = await fresh();
  const keyOf = () =>
    withClient(url, async (client) => (await client.query('select room_key from community')).rows);
  await upgradePostgres(url);
  const before = await keyOf();
  expect(await upgradePostgres(url)).toEqual({ isNew: false });
  expect(await keyOf()).toEqual(before);
});

it('a database that a newer version wrote is refused', async () => {
  const url = await fresh();
  await upgradePostgres(url, { folder: migrationsLaterBy(1) });
  await expect(upgradePostgres(url)).rejects.toThrow('newer version');
});

it('a database of another encoding is refused, and says how to make one', async () => {
  await expect(upgradePostgres(await fresh('LATIN1'))).rejects.toThrow('--encoding=UTF8 --locale=C');
});

it('a community that has only partly been moved here does not start', async () => {
  const url = await fresh();
  await withClient(url, (client) => client.query(`create table ${moveTable} (source text)`));
  await expect(upgradePostgres(url)).rejects.toThrow('npm run move-database again');
});

it('a server that does not answer is named with the setting, and without the password', async () => {
  const refused = await upgradePostgres('postgres://parley:secret@127.0.0.1:1/parley').catch(String);
  expect(refused).toContain('could not be reached at DATABASE_URL (127.0.0.1:1): connect ECONNREFUSED');
  expect(refused).not.toContain('secret');
});
