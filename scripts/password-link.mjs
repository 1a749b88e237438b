import { randomUUID } from 'node:crypto';
import { hashOfLinkSecret, newLinkSecret, passwordLinkLifeMs } from '../lib/users/link-secret.mjs';
import { withCommunityDatabase } from './community-database.mjs';
import { StartError } from './progress.mjs';

/** @typedef {import('./community-database.mjs').CommunityDatabase} CommunityDatabase */

/**
 * Makes a link with which this person chooses a new password, once, within three days; an earlier one
 * stops working. Nothing else changes. The app may run meanwhile.
 * @param {{ dataDir: string, databaseUrl?: string | undefined }} where
 * @param {string | undefined} username
 * @returns {Promise<{ path: string, isSuspended: boolean }>} the address after the community's origin
 * @throws {StartError} without a name or for an unknown one: says who the operators are
 */
export function passwordLink(where, username) {
  return withCommunityDatabase(where, (database) => database.inTransaction(() => make(database, username)));
}

async function make(/** @type {CommunityDatabase} */ database, /** @type {string | undefined} */ username) {
  const [person] = await database.rows(
    'select id, suspended_at from users where username = ? and removed_at is null',
    [username?.trim().toLowerCase() ?? ''],
  );
  if (!person) throw new StartError(`${question(username)} ${await operators(database)}`);
  const now = Date.now();
  const secret = newLinkSecret();
  await database.rows(
    `update links set revoked_at = ? where kind = 'password' and user_id = ? and revoked_at is null and used_at is null`,
    [now, person.id],
  );
  await database.rows(
    `insert into links (id, kind, token_hash, user_id, max_uses, use_count, created_at, expires_at)
     values (?, 'password', ?, ?, 1, 0, ?, ?)`,
    [
      `link_${randomUUID().replaceAll('-', '')}`,
      hashOfLinkSecret(secret),
      person.id,
      now,
      now + passwordLinkLifeMs,
    ],
  );
  return { path: `/new-password?link=${secret}`, isSuspended: person.suspended_at !== null };
}

function question(/** @type {string | undefined} */ username) {
  return username ? `Nobody is called ${username}.` : 'Whose password? npm run reset-password -- NAME';
}

async function operators(/** @type {CommunityDatabase} */ database) {
  const people = await database.rows(
    'select username from users where is_operator and removed_at is null order by username',
  );
  return people.length > 0
    ? `\nOperators here: ${people.map(({ username }) => username).join(', ')}`
    : '\nThere is no operator yet: a start prints the link that makes one.';
}
