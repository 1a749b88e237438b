import 'server-only';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';

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

/** The one way to the database: SQLite or PostgreSQL, with the same queries, which are typed as SQLite's. */
export type Store = {
  db: Db;
  /**
   * Runs `work` and commits. `work` awaits nothing but queries, because it holds locks, and changes nothing but the
   * database: on PostgreSQL it is repeated when it lost against another transaction.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * How many transactions have been committed: what was read before the last one may have changed. Null: other
   * servers commit, too, so that nothing can be known of what was read.
   */
  commits(): number | null;
  /** True when a query succeeds. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
};
