import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { moveTable, newestMigration, upgradePostgres } from '../db/upgrade-postgres.mjs';
import { connectToServer } from './community-database.mjs';
import { copyTable, readTables, verifyTable } from './move-table.mjs';
import { StartError } from './progress.mjs';

/**
 * @typedef {{ table: string, phase: 'copied' | 'verified', done: number, total: number }} MoveProgress rows of all tables,
 *   each counted twice: once copied and once compared
 */

/**
 * Copies a community from its SQLite file into an empty PostgreSQL database and compares every row afterwards. What was
 * interrupted goes on where it was. The file is locked meanwhile and stays as it is.
 * @param {{ dataDir: string, url: string, onProgress?: (progress: MoveProgress) => void, rowsAtOnce?: number }} options
 * @returns {Promise<{ rows: number }>} how many rows were moved
 * @throws {StartError} when Parley runs on the file, the versions differ, the target holds something else, or a row
 *   is not the same there
 */
export async function moveCommunity({ dataDir, url, onProgress = () => undefined, rowsAtOnce = 1000 }) {
  const file = join(dataDir, 'parley.db');
  if (!existsSync(file))
    throw new StartError(`There is no database in ${dataDir}; PARLEY_DATA_DIR names the folder.`);
  const source = new Database(file, { fileMustExist: true });
  const target = await connectToServer(url).catch((error) => {
    source.close();
    throw error;
  });
  try {
    lock(source);
    requireThisVersion(source);
    await requireOwnTarget(source, target);
    await upgradePostgres(url, { isMoving: true });
    const tables = await readTables(target, moveTable);
    const count = (/** @type {string} */ name) =>
      Number(source.prepare(`select count(*) from "${name}"`).pluck().get());
    const rows = tables.reduce((sum, { name }) => sum + count(name), 0);
    let done = 0;
    for (const [phase, work] of /** @type {const} */ ([
      ['copied', copyTable],
      ['verified', verifyTable],
    ])) {
      for (const table of tables) {
        for await (const passed of work({ source, target, table, rowsAtOnce, moveTable })) {
          done += passed;
          onProgress({ table: table.name, phase, done, total: 2 * rows });
        }
      }
    }
    await finish(source, target, tables);
    return { rows };
  } finally {
    await target.end();
    source.close();
  }
}

/** Nothing may change while it is copied: a running Parley holds the file, and a start waits for us and fails. */
function lock(/** @type {Database.Database} */ source) {
  try {
    source.exec('begin immediate');
  } catch {
    throw new StartError('Another program writes into the database. Stop Parley first.');
  }
}

/** The target is empty, or holds what an earlier run has copied of this community. */
async function requireOwnTarget(
  /** @type {Database.Database} */ source,
  /** @type {import('pg').Client} */ target,
) {
  const key = source.prepare('select room_key from community').pluck().get();
  const { rows: tables } = await target.query(`select tablename from pg_tables where schemaname = 'public'`);
  if (tables.length === 0) {
    await target.query('begin');
    await target.query(
      `create table ${moveTable} (source text not null, name text primary key, last_row bigint not null)`,
    );
    await target.query(`insert into ${moveTable} values ($1, '', 0)`, [key]);
    await target.query('commit');
    return;
  }
  const isMove = tables.some(({ tablename }) => tablename === moveTable);
  const from = isMove
    ? (await target.query(`select source from ${moveTable} where name = ''`)).rows[0]
    : null;
  if (from?.source !== key)
    throw new StartError(
      isMove
        ? 'The PostgreSQL database holds an unfinished copy of another community. Choose an empty one.'
        : 'The PostgreSQL database is not empty. Choose an empty one, or remove everything in it: nothing was changed.',
    );
}

function requireThisVersion(/** @type {Database.Database} */ source) {
  const last = source.prepare('select max(created_at) from __drizzle_migrations').pluck().get();
  if (Number(last) !== newestMigration('sqlite'))
    throw new StartError(
      'The SQLite database is of another version of Parley. Start this version on it once, stop it, and move then.',
    );
}

/** New rows are numbered after the last one that there ever was. */
async function finish(
  /** @type {Database.Database} */ source,
  /** @type {import('pg').Client} */ target,
  /** @type {import('./move-table.mjs').MovedTable[]} */ tables,
) {
  const lastNumber = source.prepare('select seq from sqlite_sequence where name = ?').pluck();
  await target.query('begin');
  for (const { name, identity } of tables) {
    const last = Number(lastNumber.get(name) ?? 0);
    if (identity && last > 0)
      await target.query('select setval(pg_get_serial_sequence($1, $2), $3)', [name, identity, last]);
  }
  await target.query(`drop table ${moveTable}`);
  await target.query('commit');
  await target.query('analyze');
}
