import { withCommunityDatabase } from './community-database.mjs';
import { StartError } from './progress.mjs';

/** A story has no more lines of what happened than this. */
const maxLines = 400;

/**
 * One call's story from the database: what triggered which change, who noticed, and how every ring
 * and part ended. Names of people, never what they said, no tokens.
 * @param {{ dataDir: string, databaseUrl?: string | undefined }} where
 * @param {string} callId
 * @returns {Promise<string>}
 * @throws {StartError} when there is no such call
 */
export function callStory(where, callId) {
  return withCommunityDatabase(where, (database) => describeCall(database, callId));
}

/** @returns {Promise<string>} */
async function describeCall(
  /** @type {import('./community-database.mjs').CommunityDatabase} */ database,
  /** @type {string} */ callId,
) {
  const rows = (/** @type {string} */ query) => database.rows(query, [callId]);
  const [call] = await rows(
    `select calls.*, conversations.kind, users.username as caller from calls
     join conversations on conversations.id = calls.conversation_id
     join users on users.id = calls.caller_id where calls.id = ?`,
  );
  if (!call) throw new StartError(`There is no call ${callId}. Log lines carry the id as "callId".`);
  const triggers = await rows(
    `select t.*, users.username as person from call_triggers t
     left join users on users.id = t.user_id where t.call_id = ? order by t.id`,
  );
  const rings = await rows(
    `select rings.*, callee.username as callee, ringer.username as ringer from rings
     join users callee on callee.id = rings.user_id join users ringer on ringer.id = rings.ringer_id
     where rings.call_id = ? order by rings.started_at`,
  );
  const parts = await rows(
    `select participations.*, users.username as person from participations
     join users on users.id = participations.user_id where participations.call_id = ? order by entered_at`,
  );
  const end = call.status === 'ended' ? `ended, ${call.end_reason}` : call.status;
  const since = (/** @type {number} */ ms) => `+${((ms - call.created_at) / 1000).toFixed(3)} s`;
  return [
    `${call.id}  ${call.kind} call by ${call.caller}: ${end}`,
    `  room      ${call.room_name}`,
    `  started   ${iso(call.created_at)}`,
    call.ended_at === null ? undefined : `  ended     ${iso(call.ended_at)}  (${since(call.ended_at)})`,
    call.length_ms === null ? undefined : `  length    ${(call.length_ms / 1000).toFixed(1)} s`,
    call.media_lost_at === null ? undefined : '  LiveKit   does not answer',
    '',
    'What happened',
    // A version that did not record starts began this call, or its beginning was deleted.
    triggers[0]?.trigger === 'start'
      ? undefined
      : `  ${'+0.000 s'.padStart(13)}  ${'command'.padEnd(10)}  ${'start'.padEnd(14)}  ${call.caller}`,
    // Every end is written with a trigger.
    call.status === 'ended' && triggers.length === 0
      ? '  the rest is no longer there: what happened in a call is kept for 30 days'
      : undefined,
    ...shortened(triggers).map((row) =>
      typeof row === 'string'
        ? row
        : `  ${since(row.happened_at).padStart(13)}  ${(row.source ?? '?').padEnd(10)}  ${row.trigger.padEnd(14)}  ${(row.person ?? '').padEnd(16)}  → ${row.outcome}`,
    ),
    '',
    'Rings',
    ...rings.map((row) => `  ${row.callee.padEnd(16)}  ${row.state}, by ${row.ringer}${marks(row)}`),
    '',
    'In the call',
    ...parts.map((row) => `  ${row.person.padEnd(16)}  ${row.state}`),
    '',
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

/** @returns {string} */
function marks(/** @type {{ is_quiet: number, is_reached: number, is_confirmed: number }} */ ring) {
  const said = [
    ring.is_quiet && 'quietly',
    ring.is_reached && 'a stream was open',
    ring.is_confirmed && 'a window showed',
  ].filter(Boolean);
  return said.length > 0 ? ` (${said.join(', ')})` : '';
}

/** The beginning and the end of a long story, with a line for what is left out. @returns {any[]} */
function shortened(/** @type {any[]} */ rows) {
  if (rows.length <= maxLines) return rows;
  const half = maxLines / 2;
  return [...rows.slice(0, half), `  … ${rows.length - maxLines} more …`, ...rows.slice(-half)];
}

function iso(/** @type {number} */ ms) {
  return new Date(ms).toISOString();
}
