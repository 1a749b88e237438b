import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';

declare const inTransaction: unique symbol;
type Queries = Pick<
  BaseSQLiteDatabase<'async', unknown>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$count'
>;

/** Reading, outside a transaction; sees what is committed. */
export type Db = Pick<Queries, 'select' | 'selectDistinct' | 'with' | '$count'>;
/** Reading and writing inside one transaction; useless once it has ended. */
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
  /** True when a query answers. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
};

const inside = new AsyncLocalStorage<{ open: boolean }>();

/** Lends a transaction for as long as `work` runs; one kept longer throws. */
async function lend<T>(target: object, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { proxy, revoke } = Proxy.revocable(target, {});
  const scope = { open: true };
  try {
    return await inside.run(scope, () => work(proxy as Tx));
  } finally {
    scope.open = false;
    revoke();
  }
}

/** Reading through `db` inside a transaction would miss what it wrote: refused. */
function outside(target: object): Db {
  return new Proxy(target, {
    get(of, key) {
      if (inside.getStore()?.open) throw new Error('inside a transaction read through tx');
      return Reflect.get(of, key, of);
    },
  }) as Db;
}

function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(job: () => Promise<T>): Promise<T> => {
    if (inside.getStore()?.open) throw new Error('transaction() inside transaction(): pass tx down');
    const mine = last.then(job, job);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Milliseconds after being asked for until a transaction that another process keeps out fails as busy. */
const busyTimeoutMs = 5000;
/** SQLite's own waiting stops the whole process, so it is kept short and repeated. */
const busyPauseMs = 25;
const readerTimeoutMs = 1000;

/**
 * Opens the SQLite file, which must be migrated (`migrate`). `synchronous = FULL`: what was
 * answered survives a power cut (FAULTS.md, promise 4).
 */
export function openStore(file: string): Store {
  const write = new Database(file);
  write.pragma('journal_mode = WAL');
  write.pragma('synchronous = FULL');
  write.pragma('foreign_keys = ON');
  write.pragma('busy_timeout = 0');
  const read = new Database(file, { readonly: true });
  read.pragma(`busy_timeout = ${readerTimeoutMs}`);
  const writer = drizzle(write);
  const turn = oneAtATime();
  return {
    db: outside(drizzle(read)),
    transaction: (work) => {
      const until = performance.now() + busyTimeoutMs;
      return turn(async () => {
        await begin(write, until);
        try {
          const result = await lend(writer, work);
          write.exec('COMMIT');
          return result;
        } catch (error) {
          if (write.inTransaction) write.exec('ROLLBACK');
          throw error;
        }
      });
    },
    ping: async () => read.prepare('select 1 as one').get() !== undefined,
    close: () =>
      turn(async () => {
        read.close();
        write.close();
      }),
  };
}

/**
 * Takes the write lock. While another process holds it (a backup tool, somebody's shell) reads and
 * streams go on; whoever queued behind does not wait anew, so that all are told by `until`.
 */
async function begin(connection: Database.Database, until: number): Promise<void> {
  for (;;) {
    try {
      connection.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isStoreBusy(error) || performance.now() >= until) throw error;
      await new Promise((resolve) => setTimeout(resolve, busyPauseMs));
    }
  }
}

/** True for an error that says: another process holds the database, or the disk is full. */
export function isStoreBusy(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && /^SQLITE_(BUSY|LOCKED|FULL|IOERR)/.test(code)) return true;
  }
  return false;
}
