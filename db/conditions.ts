import 'server-only';
import { and, type Column, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { isPostgres } from './dialect';
import { calls, messages, participations, pushOutbox, rings } from './schema';

// SQLite has no statistics here and chooses an index by the shape of the condition. The conditions are
// literals, not bound parameters, because SQLite uses a partial index only for exactly its own condition.
export const isLiveCall = sql`${calls.status} <> 'ended'`;
export const isRunningRing = sql`${rings.state} = 'ringing'`;
export const isLivePart = sql`${participations.state} <> 'left'`;
export const isToBePushed = sql`not ${pushOutbox.isSettled}`;

/** A message written by a person, as opposed to a call's entry. */
export const isText = isNull(messages.callId);
/** A message that is shown as a conversation's last one. */
export const isShown = isNull(messages.deletedAt);
/** A message that can be unread. */
export const isShownText = and(isText, isShown);

/** Texts that have this part anywhere, with the same case. LIKE would look at patterns in it, and SQLite's ignores case. */
export const contains = (column: Column, part: string): SQL =>
  isPostgres ? sql`strpos(${column}, ${part}) > 0` : sql`instr(${column}, ${part}) > 0`;

/** How many rows this query has; inside another one. PostgreSQL before 16 wants a name for what is counted. */
export const countRows = (query: SQLWrapper): SQL<number> =>
  isPostgres ? sql`(select count(*) from (${query}) counted)` : sql`(select count(*) from (${query}))`;
