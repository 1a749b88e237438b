import 'server-only';
import { type AnyColumn, sql } from 'drizzle-orm';
import { calls, messages, participations, rings } from './schema';

// SQLite has no statistics here and takes an index for what it looks like; these say things so that it takes the
// right one. Written out, not bound, because a partial index is used only for exactly its own condition …
export const isLiveCall = sql`${calls.status} <> 'ended'`;
export const isRunningRing = sql`${rings.state} = 'ringing'`;
export const isLivePart = sql`${participations.state} <> 'left'`;

// … and an index that looks like a few rows and is a history is hidden from it.

/** Something that somebody said, as opposed to a call's entry; a bare `is null` is every message there is. */
export const isText = sql`coalesce(${messages.callId}, '') = ''`;

/** Said by this person, looked for in one conversation and not in all that they ever said. */
export const isBy = (author: AnyColumn) => sql`coalesce(${messages.authorId}, '') = ${author}`;
