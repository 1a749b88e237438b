import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import { keepStatements } from './kept-statements';

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

/** Refuses reads through `db` inside a transaction: they would miss what the transaction wrote. */
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

/** Milliseconds until a transaction fails as busy while another process holds the write lock. */
const busyTimeoutMs = 5000;
/** SQLite's busy wait blocks the event loop, so it is short and repeated. */
const busyPauseMs = 25;
const readerTimeoutMs = 1000;

/**
 * Opens the SQLite file, which must be migrated (`migrate`). `synchronous = FULL`, so that acknowledged
 * writes survive a power cut (docs/cases.md, promise 4).
 */
export function openStore(file: string): Store {
  const write = keepStatements(new Database(file));
  write.pragma('journal_mode = WAL');
  write.pragma('synchronous = FULL');
  write.pragma('foreign_keys = ON');
  write.pragma('busy_timeout = 0');
  const read = keepStatements(new Database(file, { readonly: true }));
  read.pragma(`busy_timeout = ${readerTimeoutMs}`);
  const writer = drizzle(write);
  const turn = oneAtATime();
  let commits = 0;
  return {
    db: outside(drizzle(read)),
    transaction: (work) => {
      const until = performance.now() + busyTimeoutMs;
      return turn(async () => {
        await begin(write, until);
        try {
          const result = await lend(writer, work);
          write.exec('COMMIT');
          commits += 1;
          return result;
        } catch (error) {
          if (write.inTransaction) write.exec('ROLLBACK');
          throw error;
        }
      });
    },
    commits: () => commits,
    ping: async () => read.prepare('select 1 as one').get() !== undefined,
    close: () =>
      turn(async () => {
        read.close();
        write.close();
      }),
  };
}

/**
 * Takes the write lock. Reads and streams continue while another process (a backup tool, a shell) holds it.
 * Queued transactions share one deadline, so that all of them fail by `until`.
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

/** True when the error means that another process holds the database, or that the disk is full. */
export function isStoreBusy(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && /^SQLITE_(BUSY|LOCKED|FULL|IOERR)/.test(code)) return true;
  }
  return false;
}
