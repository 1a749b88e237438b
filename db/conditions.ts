import 'server-only';
import { and, isNull, sql } from 'drizzle-orm';
import { calls, messages, participations, rings } from './schema';

// SQLite has no statistics here and chooses an index by the shape of the condition. The conditions are
// literals, not bound parameters, because SQLite uses a partial index only for exactly its own condition.
export const isLiveCall = sql`${calls.status} <> 'ended'`;
export const isRunningRing = sql`${rings.state} = 'ringing'`;
export const isLivePart = sql`${participations.state} <> 'left'`;

/** A message written by a person, as opposed to a call's entry. */
export const isText = isNull(messages.callId);
/** A message that is shown as a conversation's last one. */
export const isShown = isNull(messages.deletedAt);
/** A message that can be unread. */
export const isShownText = and(isText, isShown);
