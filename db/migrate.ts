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

/** Where the migrations stand, relative to the project that is running. */
const migrationsFolder = join(process.cwd(), 'db', 'migrations', 'sqlite');

/**
 * Brings the data folder's database to the current schema. One that has data and is older is backed
 * up before, with pictures and secrets, into `<dataDir>/backups`. Answers where, or null when
 * nothing had to change. Throws when the database was written by a newer version.
 */
export async function upgrade(dataDir: string, folder: string = migrationsFolder): Promise<string | null> {
  const file = join(dataDir, 'parley.db');
  const isOlder = standOf(file, folder) === 'older';
  const backup = isOlder ? await backUp(dataDir, join(dataDir, 'backups'), 'before-upgrade') : null;
  migrate(file, folder);
  return backup;
}

/** How the file's last migration compares with ours; there is no way back, so a newer one is refused. */
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
 * Brings the file at `file` to the current schema, making it if it is missing. Forward only;
 * interrupted, the file is at either version whole (everything happens in one transaction).
 *
 * Foreign keys are off meanwhile: the migrator's own transaction ignores the pragma, and rebuilding
 * a table with them on empties its children (STACK.md, section 2).
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
