import 'server-only';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate as runMigrations } from 'drizzle-orm/better-sqlite3/migrator';
import { z } from 'zod';
import { backUp } from './back-up.mjs';

const journalSchema = z.object({ entries: z.array(z.object({ when: z.number() })) });

/** The folder of the migrations, relative to the running project. */
const migrationsFolder = join(process.cwd(), 'db', 'migrations', 'sqlite');

/**
 * Migrates the data folder's database to the current schema. An older database with data is backed up
 * first, with pictures and secrets, into `<dataDir>/backups`.
 *
 * @returns the backup's folder, or null when no backup was needed
 * @throws when a newer version of Parley wrote the database
 */
export async function upgrade(dataDir: string, folder: string = migrationsFolder): Promise<string | null> {
  const file = join(dataDir, 'parley.db');
  const isOlder = standOf(file, folder) === 'older';
  const backup = isOlder ? await backUp(dataDir, join(dataDir, 'backups'), 'before-upgrade') : null;
  migrate(file, folder);
  return backup;
}

/** Compares the file's last migration with ours. A newer one is refused, because migrations only go forward. */
function standOf(file: string, folder: string): 'new' | 'older' | 'current' {
  if (!existsSync(file)) return 'new';
  const connection = new Database(file, { fileMustExist: true });
  try {
    const has = connection.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`).get();
    if (!has) return 'new';
    const last = connection.prepare('select max(created_at) from __drizzle_migrations').pluck().get();
    if (last === null) return 'new';
    const newest = newestOf(folder);
    if (Number(last) > newest) {
      throw new Error(
        'The database was written by a newer version of Parley. Start that version,\n' +
          'or restore the backup that it made when it was first started (docs/operating.md).',
      );
    }
    return Number(last) < newest ? 'older' : 'current';
  } finally {
    connection.close();
  }
}

function newestOf(folder: string): number {
  const journal: unknown = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8'));
  return Math.max(...journalSchema.parse(journal).entries.map((entry) => entry.when));
}

/**
 * Migrates the file at `file` to the current schema and creates it if it is missing. All migrations run in
 * one transaction, so an interrupted run leaves the old version or the new one.
 *
 * Foreign keys are off during the run. The migrator wraps everything in a transaction, where
 * `PRAGMA foreign_keys` has no effect, and rebuilding a table with foreign keys on deletes its children.
 */
export function migrate(file: string, folder: string = migrationsFolder): void {
  mkdirSync(dirname(file), { recursive: true });
  const connection = new Database(file);
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = OFF');
    runMigrations(drizzle(connection), { migrationsFolder: folder });
    const broken = connection.pragma('foreign_key_check');
    if (Array.isArray(broken) && broken.length > 0) {
      throw new Error(`the database has ${broken.length} rows that point nowhere`);
    }
    const roomKey = randomBytes(6).toString('hex');
    connection
      .prepare(
        `insert or ignore into community (id, name, registration, room_key) values (1, 'Parley', 'invite', ?)`,
      )
      .run(roomKey);
  } finally {
    connection.close();
  }
}
