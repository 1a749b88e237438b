import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { migrate } from '@/db/migrate';
import { root } from '@/scripts/paths.mjs';

const migrations = join(root, 'db', 'migrations', 'sqlite');

/** A folder that is deleted after the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-upgrade-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The migrations that there are by now, the oldest first. */
export const migrationNames = readdirSync(migrations)
  .filter((name) => name.endsWith('.sql'))
  .sort();
export const migrationCount = migrationNames.length;

/** The migrations as the version before the newest one had them, or an earlier one. */
export function previousMigrations(count = migrationCount - 1): string {
  const at = makeFolder();
  cpSync(migrations, at, { recursive: true });
  const journal = JSON.parse(readFileSync(join(at, 'meta', '_journal.json'), 'utf8'));
  journal.entries.length = count;
  writeFileSync(join(at, 'meta', '_journal.json'), JSON.stringify(journal));
  return at;
}

/** A data folder of the version with so many migrations, with people who said something; gone after the test. */
export function makePreviousVersion(count = migrationCount - 1): string {
  const dataDir = join(makeFolder(), 'data');
  mkdirSync(join(dataDir, 'pictures'), { recursive: true });
  writeFileSync(join(dataDir, 'pictures', 'a.webp'), 'a picture');
  writeFileSync(join(dataDir, 'secrets.json'), '{}');
  migrate(join(dataDir, 'parley.db'), previousMigrations(count));
  withDatabase(dataDir, (database) => {
    const columns = database.prepare(`select name from pragma_table_info('users')`).pluck().all();
    const [column, value] = columns.includes('join_number') ? [', join_number', ', @n + 1'] : ['', ''];
    const person = database.prepare(
      `insert into users
         (id, username, display_name, password_hash, message_permission, call_permission, created_at${column})
       values ('user_' || @n, 'user' || @n, 'Somebody', 'hash', 'everyone', 'everyone', 1${value})`,
    );
    for (let n = 0; n < 50; n += 1) person.run({ n: String(n) });
    database.exec(
      `insert into conversations (id, kind, title, created_at, last_activity_at) values ('conv_1', 'channel', 'general', 1, 1);
       insert into messages (id, conversation_id, author_id, text, sent_at) values ('msg_1', 'conv_1', 'user_1', 'hello', 1);`,
    );
  });
  return dataDir;
}

export function withDatabase<T>(dataDir: string, work: (database: Database.Database) => T): T {
  const database = new Database(join(dataDir, 'parley.db'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** What people would miss, how many migrations ran, and what SQLite thinks of the file. */
export const rowsIn = (dataDir: string) =>
  withDatabase(dataDir, (database) => ({
    people: database.prepare('select id, username, display_name, created_at from users order by id').all(),
    said: database.prepare('select id, text, author_id from messages').all(),
    migrations: Number(database.prepare('select count(*) from __drizzle_migrations').pluck().get()),
    integrity: database.pragma('integrity_check', { simple: true }),
    broken: database.pragma('foreign_key_check'),
  }));

export const tablesIn = (dataDir: string) =>
  withDatabase(dataDir, (database) =>
    database.prepare('select name, sql from sqlite_master where sql is not null order by name').all(),
  );
