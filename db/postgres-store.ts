import 'server-only';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { lend, outside, refuseNested } from './lend';
import type { Locker } from './locker';
import type { Store, Tx } from './store';
import { isGivenUp, isUniqueViolation } from './store-errors';

/** Of each kind, reading and writing: two servers stay below PostgreSQL's default of 100 in all. */
const mostConnections = 10;
/** Of each kind, for what must not wait for the others' turn at a connection. */
const connectionsAside = 1;
/** Milliseconds until a request fails as busy for want of a connection, or of a row's lock. */
const busyTimeoutMs = 5000;
/** Milliseconds after which PostgreSQL takes the locks from a server that sleeps in the midst of a transaction. */
const idleTimeoutMs = 10_000;
/** Milliseconds after which a query has failed whatever became of its server: a machine that dies sends no word. */
const queryTimeoutMs = 30_000;
/** How often a transaction is tried that others make fail. */
const mostAttempts = 8;
/** A unique index that still refuses after so many attempts refuses for a reason of its own. */
const mostRefusals = 3;

// 64-bit integers and sums come as text; ours are below 2^53, and SQLite's come as numbers.
for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) pg.types.setTypeParser(type, Number);

/**
 * Opens the PostgreSQL database at `url`, which must be migrated (db/upgrade-postgres.mjs). Transactions are read
 * committed and lock what they touch (db/lock-rows.ts); one that has to give way to another is run again.
 *
 * @param noteLock for tests: hears of each lock that was taken
 */
export function openPostgres(url: string, noteLock?: Locker): Store {
  return openWith(url, mostConnections, noteLock);
}

/** The same database by a connection of its own, so that what uses it waits for no request's. */
export function openPostgresAside(url: string): Store {
  return openWith(url, connectionsAside);
}

function openWith(url: string, most: number, noteLock?: Locker): Store {
  const writers = makePool(url, most, '-c jit=off');
  const readers = makePool(url, most, '-c jit=off -c default_transaction_read_only=on');
  return {
    db: outside(drizzle(readers)),
    transaction: async (work) => {
      refuseNested();
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await runOnce(writers, work, noteLock);
        } catch (error) {
          if (attempt >= mostAttemptsFor(error)) throw error;
          await pause(attempt);
        }
      }
    },
    commits: () => null,
    ping: async () => (await readers.query('select 1')).rows.length === 1,
    close: async () => {
      await Promise.all([writers, readers].map((pool) => (pool.ending ? undefined : pool.end())));
    },
  };
}

function makePool(url: string, most: number, options: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'parley',
    options,
    max: most,
    keepAlive: true,
    query_timeout: queryTimeoutMs,
    connectionTimeoutMillis: busyTimeoutMs,
    lock_timeout: busyTimeoutMs,
    idle_in_transaction_session_timeout: idleTimeoutMs,
  });
  // A connection that breaks is reported by the query that uses it; the pool opens another.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}

async function runOnce<T>(writers: pg.Pool, work: (tx: Tx) => Promise<T>, noteLock?: Locker): Promise<T> {
  const client = await writers.connect();
  let isBroken = false;
  try {
    await client.query('begin isolation level read committed');
    const result = await lend(drizzle(client), work, lockerOf(client, noteLock));
    const { command } = await client.query('commit');
    // PostgreSQL ends a transaction in which a statement failed in this way, without an error.
    if (command !== 'COMMIT')
      throw new Error('a statement failed and its error was caught: nothing is written');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      isBroken = true;
    });
    throw error;
  } finally {
    client.release(isBroken);
  }
}

/**
 * Rows in the order of their ids, so that no two transactions wait for each other (db/lock-rows.ts). Not `for update`:
 * that would keep everything waiting that inserts a row which refers to one of these.
 */
function lockerOf(client: pg.PoolClient, noteLock?: Locker): Locker {
  return async (table, ids) => {
    await client.query(`select id from "${table}" where id = any($1) order by id for no key update`, [ids]);
    await noteLock?.(table, ids);
  };
}

/** A transaction that lost against a unique index finds the winner's row when it looks again. */
function mostAttemptsFor(error: unknown): number {
  if (isGivenUp(error)) return mostAttempts;
  return isUniqueViolation(error) ? mostRefusals : 1;
}

/** None at first, then of different lengths, so that those who met do not meet again. */
async function pause(attempt: number): Promise<void> {
  if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
}
