import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';

/**
 * @typedef {{ url: string, dataDir: string, databaseUrl?: string }} ServedApp whose database is a file in its data folder,
 *   or that of `databaseUrl`
 * @typedef {Record<string, string | number | null>} Row
 * @typedef {{ numberOf: (sql: string) => Promise<number>, insert: (table: string, rows: readonly Row[]) => Promise<void> }} Writer
 */

/**
 * Writes into the running app's database, whichever it is, in one transaction.
 * @template T
 * @param {ServedApp} app
 * @param {(writer: Writer) => Promise<T>} work
 * @returns {Promise<T>}
 */
export function writeRows({ dataDir, databaseUrl }, work) {
  return databaseUrl ? writeToPostgres(databaseUrl, work) : writeToSqlite(join(dataDir, 'parley.db'), work);
}

const columnsOf = (/** @type {readonly Row[]} */ [first]) => Object.keys(first ?? {});

/**
 * @template T
 * @param {string} file
 * @param {(writer: Writer) => Promise<T>} work
 */
async function writeToSqlite(file, work) {
  const database = new Database(file, { timeout: 30_000 });
  try {
    database.exec('begin immediate');
    const result = await work({
      numberOf: async (sql) => Number(database.prepare(sql).pluck().get()),
      async insert(table, rows) {
        const columns = columnsOf(rows);
        const add = database.prepare(
          `insert into ${table} (${columns}) values (${columns.map((column) => `@${column}`)})`,
        );
        for (const row of rows) add.run(row);
      },
    });
    database.exec('commit');
    return result;
  } finally {
    // What was not committed is undone by this.
    database.close();
  }
}

/**
 * @template T
 * @param {string} url
 * @param {(writer: Writer) => Promise<T>} work
 */
async function writeToPostgres(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    const result = await work({
      numberOf: async (sql) => Number(Object.values((await client.query(sql)).rows[0] ?? {})[0]),
      async insert(table, rows) {
        const columns = columnsOf(rows).join();
        await client.query(
          `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
          [JSON.stringify(rows)],
        );
      },
    });
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}
