import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { unreachable } from '../db/upgrade-postgres.mjs';
import { StartError } from './progress.mjs';

/**
 * @typedef {object} CommunityDatabase the community's database, for a script beside a running app
 * @property {(sql: string, values?: unknown[]) => Promise<any[]>} rows runs one statement; each `?` stands for a value
 * @property {<T>(work: () => Promise<T>) => Promise<T>} inTransaction commits what `work` did, or nothing of it
 */

/** How long a running app may keep a script waiting for a lock, in milliseconds. */
const busyTimeoutMs = 5000;

/**
 * Opens the database that the settings name, hands it to `work`, and closes it.
 * @template T
 * @param {{ dataDir: string, databaseUrl?: string | undefined }} where
 * @param {(database: CommunityDatabase) => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {StartError} when there is no database, or an older version of Parley made it
 */
export async function withCommunityDatabase({ dataDir, databaseUrl }, work) {
  const { close, ...database } = databaseUrl ? await openServer(databaseUrl) : openFile(dataDir);
  try {
    return await work(database);
  } catch (error) {
    if (lacksSomething(error))
      throw new StartError('The database is from an older version. Start Parley once, then try again.');
    throw error;
  } finally {
    await close();
  }
}

/**
 * Connects to the database server.
 * @param {string} url
 * @returns {Promise<pg.Client>}
 * @throws {StartError} saying why, without the password
 */
export async function connectToServer(url) {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: busyTimeoutMs,
    lock_timeout: busyTimeoutMs,
    // 64-bit integers come as text otherwise.
    types: {
      getTypeParser: (type, format) =>
        type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format),
    },
  });
  client.on('error', () => undefined);
  await client.connect().catch((error) => {
    throw new StartError(unreachable(url, error));
  });
  return client;
}

/** @returns {Promise<CommunityDatabase & { close(): Promise<void> }>} */
async function openServer(/** @type {string} */ url) {
  const client = await connectToServer(url);
  return {
    rows: async (sql, values = []) => {
      let count = 0;
      const numbered = sql.replaceAll('?', () => {
        count += 1;
        return `$${count}`;
      });
      return (await client.query(numbered, values)).rows;
    },
    inTransaction: (work) => transact((statement) => client.query(statement), 'begin', work),
    close: () => client.end(),
  };
}

/** @returns {CommunityDatabase & { close(): Promise<void> }} */
function openFile(/** @type {string} */ dataDir) {
  const file = join(dataDir, 'parley.db');
  if (!existsSync(file))
    throw new StartError(`There is no database in ${dataDir}; PARLEY_DATA_DIR names the folder.`);
  const database = new Database(file, { fileMustExist: true, timeout: busyTimeoutMs });
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  return {
    rows: async (sql, values = []) => {
      const statement = database.prepare(sql);
      if (statement.reader) return statement.all(...values);
      statement.run(...values);
      return [];
    },
    inTransaction: (work) => transact(async (statement) => database.exec(statement), 'begin immediate', work),
    close: async () => void database.close(),
  };
}

/**
 * @template T
 * @param {(statement: string) => Promise<unknown>} run
 * @param {string} begin
 * @param {() => Promise<T>} work
 */
async function transact(run, begin, work) {
  await run(begin);
  try {
    const result = await work();
    await run('commit');
    return result;
  } catch (error) {
    await run('rollback');
    throw error;
  }
}

/** A table or column that only later versions have. */
function lacksSomething(/** @type {unknown} */ error) {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return error.message.startsWith('no such') || code === '42P01' || code === '42703';
}
