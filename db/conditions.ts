import 'server-only';
import { type AnyColumn, sql } from 'drizzle-orm';
import { calls, messages, participations, rings } from './schema';

// SQLite has no statistics here and chooses an index by the shape of the condition. The conditions are
// literals, not bound parameters, because SQLite uses a partial index only for exactly its own condition.
export const isLiveCall = sql`${calls.status} <> 'ended'`;
export const isRunningRing = sql`${rings.state} = 'ringing'`;
export const isLivePart = sql`${participations.state} <> 'left'`;

// `coalesce` keeps SQLite from choosing the low-selectivity `call_id` index, which holds the whole history.

/** A message written by a person, as opposed to a call's entry. */
export const isText = sql`coalesce(${messages.callId}, '') = ''`;

/** Written by this person; keeps SQLite on the conversation's index instead of the author's whole history. */
export const isBy = (author: AnyColumn) => sql`coalesce(${messages.authorId}, '') = ${author}`;
