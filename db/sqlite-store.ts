import 'server-only';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { keepStatements } from './kept-statements';
import { lend, outside, refuseNested } from './lend';
import type { Locker } from './locker';
import type { Store } from './store';
import { isStoreBusy } from './store-errors';
import { makeWriteQueue } from './write-queue';

const readerTimeoutMs = 1000;

/**
 * Opens the SQLite file, which must be migrated (`migrate`). Transactions run one at a time. `synchronous = FULL`,
 * so that acknowledged writes survive a power cut (docs/cases.md, promise 4).
 *
 * @param lock for tests, which check by it that each transaction names what it touches. Default: SQLite locks no rows
 */
export function openSqlite(file: string, lock?: Locker): Store {
  const write = keepStatements(new Database(file));
  write.pragma('journal_mode = WAL');
  write.pragma('synchronous = FULL');
  write.pragma('foreign_keys = ON');
  write.pragma('busy_timeout = 0');
  const read = keepStatements(new Database(file, { readonly: true }));
  read.pragma(`busy_timeout = ${readerTimeoutMs}`);
  const writer = drizzle(write);
  const queue = makeWriteQueue(write, isStoreBusy);
  return {
    db: outside(drizzle(read)),
    transaction: (work) => {
      refuseNested();
      return queue.add(() => lend(writer, work, lock));
    },
    commits: queue.commits,
    ping: async () => read.prepare('select 1 as one').get() !== undefined,
    close: async () => {
      await queue.whenIdle();
      read.close();
      write.close();
    },
  };
}
