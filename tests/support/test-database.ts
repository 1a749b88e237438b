import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { databaseUrl } from '@/db/dialect';
import { migrate } from '@/db/migrate';
import { moveTable } from '@/db/upgrade-postgres.mjs';
import type { Env } from '@/lib/env';
import { readTables } from '../../scripts/move-table.mjs';
import { borrowDatabase, withClient } from './postgres-databases';

export type TestDatabase = {
  place: string;
  settings: { PARLEY_DATA_DIR: string; DATABASE_URL?: string };
  giveBack(): Promise<void>;
};

/** A migrated database without content; the migrations run once per worker. */
let emptyFile: Buffer | undefined;

/**
 * Makes an empty, migrated database of the kind that this run of the tests is for (vitest.config.ts).
 *
 * @param dataDir where a SQLite file is put
 * @returns what `openStore` takes, the settings that name it, and what ends its use after the store is closed
 */
export async function makeTestDatabase(dataDir: string): Promise<TestDatabase> {
  const settings = { PARLEY_DATA_DIR: dataDir };
  if (databaseUrl) {
    const { url, giveBack } = await borrowDatabase(databaseUrl);
    return { place: url, settings: { ...settings, DATABASE_URL: url }, giveBack };
  }
  const file = join(dataDir, 'parley.db');
  if (emptyFile) writeFileSync(file, emptyFile);
  else {
    migrate(file);
    emptyFile = readFileSync(file);
  }
  return { place: file, settings, giveBack: async () => {} };
}

/** A folder that the end of the test removes. */
export function makeTestFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Where a script finds this app's community. */
export const whereIs = ({ env }: { env: Env }) => ({
  dataDir: env.PARLEY_DATA_DIR,
  databaseUrl: env.DATABASE_URL,
});

/** The same as the environment of its process. */
export const environmentOf = ({ env }: { env: Env }): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  NODE_ENV: 'test',
  PARLEY_DATA_DIR: env.PARLEY_DATA_DIR,
  DATABASE_URL: env.DATABASE_URL,
});

/** Runs SQL that both databases understand, past the app. */
export async function runSql({ env }: { env: Env }, sql: string): Promise<void> {
  if (env.DATABASE_URL) {
    await withClient(env.DATABASE_URL, (client) => client.query(sql));
    return;
  }
  const file = new Database(join(env.PARLEY_DATA_DIR, 'parley.db'));
  file.exec(sql);
  file.close();
}

/** All that the database holds, as text: the file with what was not yet moved into it, or every row. */
export async function everythingStored({ env }: { env: Env }): Promise<string> {
  const { DATABASE_URL: url, PARLEY_DATA_DIR: folder } = env;
  if (!url) {
    const files = readdirSync(folder).filter((name) => name.startsWith('parley.db'));
    if (!files.includes('parley.db-wal')) throw new Error('the last writes are not looked at');
    return files.map((name) => readFileSync(join(folder, name), 'latin1')).join('');
  }
  return withClient(url, async (client) => {
    const stored: string[] = [];
    for (const { name } of await readTables(client, moveTable)) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from "${name}" t`);
      stored.push(...rows.map(({ row }) => row));
    }
    return stored.join('\n');
  });
}
