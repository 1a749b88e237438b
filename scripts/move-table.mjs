import { isDeepStrictEqual } from 'node:util';
import { StartError } from './progress.mjs';

/**
 * @typedef {object} MovedTable
 * @property {string} name
 * @property {{ name: string, isBoolean: boolean }[]} columns
 * @property {string[]} key the columns of its primary key
 * @property {string | undefined} identity the column that numbers its rows
 * @typedef {{ source: import('better-sqlite3').Database, target: import('pg').Client, table: MovedTable,
 *   rowsAtOnce: number, moveTable: string }} Move
 */

/**
 * Reads from the target which tables there are, each after those that its rows point to.
 * @param {import('pg').Client} target
 * @param {string} moveTable is left out
 * @returns {Promise<MovedTable[]>}
 */
export async function readTables(target, moveTable) {
  const { rows: columns } = await target.query(
    `select table_name, column_name, data_type, is_identity from information_schema.columns
     where table_schema = 'public' and table_name not in ('__drizzle_migrations', $1) order by ordinal_position`,
    [moveTable],
  );
  const { rows: keys } = await target.query(
    `select c.conrelid::regclass::text as name, a.attname::text as column_name from pg_constraint c
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
     where c.contype = 'p' and c.connamespace = 'public'::regnamespace`,
  );
  const { rows: pointers } = await target.query(
    `select conrelid::regclass::text as name, confrelid::regclass::text as points_to from pg_constraint
     where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  const names = new Set(columns.map(({ table_name }) => table_name));
  /** @type {MovedTable[]} */
  const ordered = [];
  while (names.size > 0) {
    const [next] = [...names].filter((name) =>
      pointers.every((one) => one.name !== name || one.points_to === name || !names.has(one.points_to)),
    );
    if (next === undefined) throw new Error(`tables point to each other: ${[...names]}`);
    names.delete(next);
    const own = columns.filter(({ table_name }) => table_name === next);
    ordered.push({
      name: next,
      columns: own.map((one) => ({ name: one.column_name, isBoolean: one.data_type === 'boolean' })),
      key: keys.filter(({ name }) => name === next).map((one) => one.column_name),
      identity: own.find(({ is_identity }) => is_identity === 'YES')?.column_name,
    });
  }
  return ordered;
}

/**
 * Copies a table's rows in order, from after the last one that was copied. Each part and the note of how far it goes
 * are one transaction.
 * @param {Move} move
 * @returns {AsyncGenerator<number>} how many rows are done, part by part
 */
export async function* copyTable({ source, target, table, rowsAtOnce, moveTable }) {
  const { name, columns } = table;
  const noted = await target.query(`select last_row from ${moveTable} where name = $1`, [name]);
  let last = noted.rows[0]?.last_row ?? null;
  if (last === null) {
    // The migrations have written a row of their own into some.
    await target.query(`delete from "${name}"`);
    await target.query(`insert into ${moveTable} select source, $1, 0 from ${moveTable} where name = ''`, [
      name,
    ]);
    last = 0;
  } else {
    yield Number(source.prepare(`select count(*) from "${name}" where rowid <= ?`).pluck().get(last));
  }
  for (const rows of partsOf(source, table, rowsAtOnce, last)) {
    const values = rows.flatMap((row) => columns.map((column) => asInTarget(row[column.name], column)));
    const places = rows.map(
      (_, at) => `(${columns.map((_, column) => `$${at * columns.length + column + 1}`).join(',')})`,
    );
    await target.query('begin');
    await target.query(`insert into "${name}" (${listOf(columns)}) values ${places.join(',')}`, values);
    await target.query(`update ${moveTable} set last_row = $1 where name = $2`, [
      rows.at(-1)?.row_of_file,
      name,
    ]);
    await target.query('commit');
    yield rows.length;
  }
}

/**
 * Compares every row of a table with its copy.
 * @param {Move} move
 * @returns {AsyncGenerator<number>} how many rows are done, part by part
 * @throws {StartError} naming the first row that differs
 */
export async function* verifyTable({ source, target, table, rowsAtOnce }) {
  const { name, columns, key } = table;
  const keyOf = (/** @type {Record<string, unknown>} */ row) => JSON.stringify(key.map((one) => row[one]));
  const differs = (/** @type {string} */ where) =>
    new StartError(
      `Table ${name} is not the same in PostgreSQL (${where}): did Parley run on the file between two runs of this command? Empty the PostgreSQL database and begin again.`,
    );
  let total = 0;
  for (const rows of partsOf(source, table, rowsAtOnce, 0)) {
    const values = rows.flatMap((row) => key.map((one) => row[one]));
    const places = rows.map((_, at) => `(${key.map((_, one) => `$${at * key.length + one + 1}`).join(',')})`);
    const found = await target.query(
      `select ${listOf(columns)} from "${name}" where (${key.map((one) => `"${one}"`)}) in (${places})`,
      values,
    );
    const copies = new Map(found.rows.map((row) => [keyOf(row), row]));
    for (const row of rows) {
      const wanted = Object.fromEntries(
        columns.map((column) => [column.name, asInTarget(row[column.name], column)]),
      );
      if (!isDeepStrictEqual({ ...copies.get(keyOf(row)) }, wanted)) throw differs(`row ${keyOf(row)}`);
    }
    total += rows.length;
    yield rows.length;
  }
  const { rows: counted } = await target.query(`select count(*) as count from "${name}"`);
  if (counted[0]?.count !== total) throw differs(`${counted[0]?.count} rows instead of ${total}`);
}

/** @returns {Generator<Record<string, any>[]>} a table's rows in the order of the file, part by part */
function* partsOf(
  /** @type {import('better-sqlite3').Database} */ source,
  /** @type {MovedTable} */ { name, columns },
  /** @type {number} */ rowsAtOnce,
  /** @type {number} */ after,
) {
  // PostgreSQL takes 65,535 values in one statement.
  const most = Math.min(rowsAtOnce, Math.floor(60_000 / columns.length));
  const next = source.prepare(
    `select rowid as row_of_file, ${listOf(columns)} from "${name}" where rowid > ? order by rowid limit ?`,
  );
  for (let last = after; ; ) {
    const rows = /** @type {Record<string, any>[]} */ (next.all(last, most));
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1)?.row_of_file;
  }
}

const listOf = (/** @type {MovedTable['columns']} */ columns) =>
  columns.map(({ name }) => `"${name}"`).join(', ');

/** SQLite has no booleans, and PostgreSQL no text with the character 0, which shows nowhere. */
function asInTarget(
  /** @type {unknown} */ value,
  /** @type {MovedTable['columns'][number]} */ { isBoolean },
) {
  if (isBoolean && value !== null) return value === 1;
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}
