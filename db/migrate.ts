import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate as runMigrations } from 'drizzle-orm/better-sqlite3/migrator';

/** Where the migrations stand, relative to the project that is running. */
const migrationsFolder = join(process.cwd(), 'db', 'migrations', 'sqlite');

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
