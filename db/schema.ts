/** The tables of the database that DATABASE_URL chooses; the only file of the schema that others import. */
import type { InferInsertModel, InferSelectModel } from 'drizzle-orm';
import { isPostgres } from './dialect';
import * as postgresTables from './schema.postgres';
import * as postgresPush from './schema.push.postgres';
import * as sqlitePush from './schema.push.sqlite';
import * as sqliteTables from './schema.sqlite';

const sqlite = { ...sqliteTables, ...sqlitePush };
const postgres = { ...postgresTables, ...postgresPush };
type Sqlite = typeof sqlite;
type Postgres = typeof postgres;
type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Agree<T extends keyof Sqlite & keyof Postgres> = [
  Same<InferSelectModel<Sqlite[T]>, InferSelectModel<Postgres[T]>>,
  Same<InferInsertModel<Sqlite[T]>, InferInsertModel<Postgres[T]>>,
];
/** The tables that only one dialect has, or whose rows differ. */
type Drifted =
  | Exclude<keyof Sqlite, keyof Postgres>
  | Exclude<keyof Postgres, keyof Sqlite>
  | { [T in keyof Sqlite & keyof Postgres]: Agree<T> extends [true, true] ? never : T }[keyof Sqlite &
      keyof Postgres];

/** Typed as SQLite's, so that every query is written once. A table that has drifted is named in this line's type error. */
const tables: [Drifted] extends [never] ? Sqlite : Drifted = isPostgres
  ? (postgres as unknown as Sqlite)
  : sqlite;

export const {
  users,
  signIns,
  blocks,
  conversations,
  members,
  messages,
  calls,
  callBacks,
  callLines,
  rings,
  participations,
  callLog,
  outcomeTotals,
  startRequests,
  webhookDeliveries,
  callTriggers,
  links,
  leases,
  community,
  pushDevices,
  pushOutbox,
  pushKeys,
} = tables;
