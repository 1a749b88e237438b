import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { hashOfLinkSecret, newLinkSecret, passwordLinkLifeMs } from '../lib/users/link-secret.mjs';
import { StartError } from './progress.mjs';

/** How long a running app may keep us waiting for its write lock, in milliseconds. */
const busyTimeoutMs = 5000;

/**
 * Makes a link with which this person chooses a new password, once, within three days; an earlier one
 * stops working. Nothing else changes. The app may run meanwhile.
 * @param {string} dataDir
 * @param {string | undefined} username
 * @returns {{ path: string, isSuspended: boolean }} the address after the community's origin
 * @throws {StartError} without a name or for an unknown one: says who the operators are
 */
export function passwordLink(dataDir, username) {
  const file = join(dataDir, 'parley.db');
  if (!existsSync(file))
    throw new StartError(`There is no database in ${dataDir}; PARLEY_DATA_DIR names the folder.`);
  const database = new Database(file, { fileMustExist: true, timeout: busyTimeoutMs });
  try {
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    return database.transaction(() => make(database, username)).immediate();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('no such'))
      throw new StartError('The database is from an older version. Start Parley once, then try again.');
    throw error;
  } finally {
    database.close();
  }
}

function make(
  /** @type {import('better-sqlite3').Database} */ database,
  /** @type {string | undefined} */ username,
) {
  const person = /** @type {{ id: string, suspended_at: number | null } | undefined} */ (
    database
      .prepare('select id, suspended_at from users where username = ? and removed_at is null')
      .get(username?.trim().toLowerCase() ?? '')
  );
  if (!person) throw new StartError(`${question(username)} ${operators(database)}`);
  const now = Date.now();
  const secret = newLinkSecret();
  database
    .prepare(
      `update links set revoked_at = ? where kind = 'password' and user_id = ? and revoked_at is null and used_at is null`,
    )
    .run(now, person.id);
  database
    .prepare(
      `insert into links (id, kind, token_hash, user_id, max_uses, use_count, created_at, expires_at)
       values (?, 'password', ?, ?, 1, 0, ?, ?)`,
    )
    .run(
      `link_${randomUUID().replaceAll('-', '')}`,
      hashOfLinkSecret(secret),
      person.id,
      now,
      now + passwordLinkLifeMs,
    );
  return { path: `/new-password?link=${secret}`, isSuspended: person.suspended_at !== null };
}

function question(/** @type {string | undefined} */ username) {
  return username ? `Nobody is called ${username}.` : 'Whose password? npm run reset-password -- NAME';
}

function operators(/** @type {import('better-sqlite3').Database} */ database) {
  const names = database
    .prepare('select username from users where is_operator = 1 and removed_at is null order by username')
    .pluck()
    .all();
  return names.length > 0
    ? `\nOperators here: ${names.join(', ')}`
    : '\nThere is no operator yet: a start prints the link that makes one.';
}
