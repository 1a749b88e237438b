import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

/** Any number of our own: servers that start at once wait for each other here. */
const upgradeLock = 7226;
/** Exists while a community is being moved here (scripts/move-database.mjs). */
export const moveTable = 'parley_move';

const sortsWrongly =
  'The PostgreSQL database must have the encoding UTF8 and the collation C, so that names are in the same order as\n' +
  'in Parley. Make it with: createdb --template=template0 --encoding=UTF8 --locale=C NAME';
const isNewer =
  'The database was written by a newer version of Parley. Start that version,\n' +
  'or restore a backup from before it was first started (docs/operating.md).';
const isUnfinished =
  'A community is being moved into this database, and not all of it has arrived: run npm run move-database again.';

const connectTimeoutMs = 5000;

/**
 * Returns why PostgreSQL could not be reached, without the password.
 * @param {string} url
 * @param {Error & { code?: string }} error one for several addresses has a code and no words
 * @returns {string}
 */
export function unreachable(url, { code, message }) {
  return `PostgreSQL could not be reached at DATABASE_URL (${new URL(url).host}): ${message || code}`;
}

/**
 * Migrates a PostgreSQL database to the current schema, in one transaction. One server at a time does it, so that
 * several may start at once. Plain JavaScript, because moving a community runs it outside the app.
 *
 * @param {string} url
 * @param {{ folder?: string, isMoving?: boolean }} [options] the migrations; whether an unfinished move is accepted
 * @returns {Promise<{ isNew: boolean }>} whether it was empty
 * @throws {Error} when a newer version wrote it, when it sorts differently, or when a move into it is unfinished
 */
export async function upgradePostgres(url, { folder = migrationsFolder('postgres'), isMoving = false } = {}) {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'parley upgrade',
    connectionTimeoutMillis: connectTimeoutMs,
  });
  // A connection that breaks is reported by the query that uses it.
  client.on('error', () => undefined);
  await client.connect().catch((error) => {
    throw new Error(unreachable(url, error));
  });
  try {
    // Held until the connection ends.
    await client.query('select pg_advisory_lock($1)', [upgradeLock]);
    await requireSuitable(client, isMoving);
    const last = await lastMigration(client);
    if (last !== null && last > newestMigration('postgres', folder)) throw new Error(isNewer);
    await migrate(drizzle(client), { migrationsFolder: folder, migrationsSchema: 'public' });
    await client.query(
      `insert into community (id, name, registration, room_key) values (1, 'Parley', 'invite', $1)
       on conflict (id) do nothing`,
      [randomBytes(6).toString('hex')],
    );
    return { isNew: last === null };
  } finally {
    await client.end();
  }
}

/** Relative to the running project. */
function migrationsFolder(/** @type {'sqlite' | 'postgres'} */ dialect) {
  return join(process.cwd(), 'db', 'migrations', dialect);
}

/**
 * When this version's newest migration was made, in ms: a database whose last one is later is a newer version's.
 * @param {'sqlite' | 'postgres'} dialect
 * @param {string} [folder]
 * @returns {number}
 */
export function newestMigration(dialect, folder = migrationsFolder(dialect)) {
  const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8'));
  return Math.max(...journal.entries.map((/** @type {{ when: number }} */ entry) => entry.when));
}

async function requireSuitable(/** @type {pg.Client} */ client, /** @type {boolean} */ isMoving) {
  const { rows } = await client.query(
    `select pg_encoding_to_char(encoding) as encoding, 'Z' < 'a' and 'a-c' < 'ab' and 'z' < 'é' as sorts,
       to_regclass('${moveTable}') is not null as moves
     from pg_database where datname = current_database()`,
  );
  const [found] = rows;
  if (found?.encoding !== 'UTF8' || !found.sorts) throw new Error(sortsWrongly);
  if (found.moves && !isMoving) throw new Error(isUnfinished);
}

/** @returns {Promise<number | null>} when the newest migration in it was made, in ms; null: none */
async function lastMigration(/** @type {pg.Client} */ client) {
  const { rows } = await client.query(`select to_regclass('__drizzle_migrations') is not null as has`);
  if (!rows[0]?.has) return null;
  const found = await client.query('select max(created_at) as last from __drizzle_migrations');
  const last = found.rows[0]?.last ?? null;
  return last === null ? null : Number(last);
}
