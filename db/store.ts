import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import { keepStatements } from './kept-statements';
import { type Locker, lendLocker } from './locker';
import { makeWriteQueue } from './write-queue';

declare const inTransaction: unique symbol;
type Queries = Pick<
  BaseSQLiteDatabase<'async', unknown>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$count'
>;

/** Reads outside a transaction; sees committed data only. */
export type Db = Pick<Queries, 'select' | 'selectDistinct' | 'with' | '$count'>;
/** Reads and writes inside one transaction; throws once the transaction has ended. */
export type Tx = Queries & { readonly [inTransaction]: true };
/** Functions that only read take this, so that they work in and outside transactions. */
export type Readable = Pick<Queries, 'select' | 'selectDistinct' | 'with' | '$count'>;

/**
 * The one way to the database. Transactions run one at a time; `work` must await nothing but
 * queries, because it holds the only write lock. Asynchronous although SQLite is not, so that the
 * same code could run on a database server.
 */
export type Store = {
  db: Db;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** How many transactions this process has committed: what was read before the last one may have changed. */
  commits(): number;
  /** True when a query succeeds. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
};

const inside = new AsyncLocalStorage<{ open: boolean }>();

/** Passes a transaction to `work`; using it after `work` has finished throws. */
async function lend<T>(target: object, work: (tx: Tx) => Promise<T>, lock?: Locker): Promise<T> {
  const { proxy, revoke } = Proxy.revocable(target, {});
  const scope = { open: true };
  if (lock) lendLocker(proxy as Tx, lock);
  try {
    return await inside.run(scope, () => work(proxy as Tx));
  } finally {
    scope.open = false;
    revoke();
  }
}

/** Refuses reads through `db` inside a transaction: they would miss what the transaction wrote. */
function outside(target: object): Db {
  return new Proxy(target, {
    get(of, key) {
      if (inside.getStore()?.open) throw new Error('inside a transaction read through tx');
      return Reflect.get(of, key, of);
    },
  }) as Db;
}

const readerTimeoutMs = 1000;

/**
 * Opens the SQLite file, which must be migrated (`migrate`). `synchronous = FULL`, so that acknowledged
 * writes survive a power cut (docs/cases.md, promise 4).
 *
 * @param lock For tests, which check by it that each transaction names what it touches. Default: SQLite locks no rows
 */
export function openStore(file: string, lock?: Locker): Store {
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
      if (inside.getStore()?.open) throw new Error('transaction() inside transaction(): pass tx down');
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

/** True when the error means that another process holds the database, or that the disk is full. */
export function isStoreBusy(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && /^SQLITE_(BUSY|LOCKED|FULL|IOERR)/.test(code)) return true;
  }
  return false;
}
