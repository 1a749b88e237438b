import 'server-only';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { lend, outside, refuseNested } from './lend';
import { LocksOutgrown } from './lock-rows';
import type { Locker } from './locker';
import type { Store, Tx } from './store';
import { isGivenUp, isUniqueViolation } from './store-errors';

/** Of each kind, reading and writing: two servers stay below PostgreSQL's default of 100 in all. */
const mostConnections = 10;
/** Milliseconds until a request fails as busy for want of a connection, or of a row's lock. */
const busyTimeoutMs = 5000;
/** Milliseconds after which PostgreSQL takes the locks from a server that sleeps in the midst of a transaction. */
const idleTimeoutMs = 10_000;
/** Any number of our own: the turn of the one transaction that writes. */
const turnLock = 7227;
/** How often a transaction is tried that others make fail. */
const mostAttempts = 8;
/** A unique index that still refuses after so many attempts refuses for a reason of its own. */
const mostRefusals = 3;

// 64-bit integers and sums come as text; ours are below 2^53, and SQLite's come as numbers.
for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) pg.types.setTypeParser(type, Number);

/**
 * Opens the PostgreSQL database at `url`, which must be migrated (db/upgrade-postgres.mjs). Transactions are read
 * committed; one that has to give way to another is run again.
 *
 * @param options `takesTurns`: one transaction at a time, of all servers, instead of locking what each touches
 *   (db/lock-rows.ts), which is not proven here yet. Default: true
 */
export function openPostgres(url: string, { takesTurns = true }: { takesTurns?: boolean } = {}): Store {
  const writers = makePool(url, '-c jit=off');
  const readers = makePool(url, '-c jit=off -c default_transaction_read_only=on');
  return {
    db: outside(drizzle(readers)),
    transaction: async (work) => {
      refuseNested();
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await runOnce(writers, work, takesTurns);
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

function makePool(url: string, options: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'parley',
    options,
    max: mostConnections,
    connectionTimeoutMillis: busyTimeoutMs,
    lock_timeout: busyTimeoutMs,
    idle_in_transaction_session_timeout: idleTimeoutMs,
  });
  // A connection that breaks is reported by the query that uses it; the pool opens another.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}

async function runOnce<T>(writers: pg.Pool, work: (tx: Tx) => Promise<T>, takesTurns: boolean): Promise<T> {
  const client = await writers.connect();
  let isBroken = false;
  try {
    await client.query('begin isolation level read committed');
    if (takesTurns) await client.query('select pg_advisory_xact_lock($1)', [turnLock]);
    const result = await lend(drizzle(client), work, takesTurns ? undefined : lockerOf(client));
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

/** Rows in the order of their ids, so that no two transactions wait for each other (db/lock-rows.ts). */
function lockerOf(client: pg.PoolClient): Locker {
  return async (table, ids) => {
    await client.query(`select id from "${table}" where id = any($1) order by id for update`, [ids]);
  };
}

/** A transaction that lost against a unique index finds the winner's row when it looks again. */
function mostAttemptsFor(error: unknown): number {
  if (isGivenUp(error) || error instanceof LocksOutgrown) return mostAttempts;
  return isUniqueViolation(error) ? mostRefusals : 1;
}

/** None at first, then of different lengths, so that those who met do not meet again. */
async function pause(attempt: number): Promise<void> {
  if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
}
