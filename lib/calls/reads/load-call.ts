import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLiveCall, isLivePart, isRunningRing } from '@/db/conditions';
import { calls, participations, rings } from '@/db/schema';
import type { Readable } from '@/db/store';
import { readCallParts } from '@/lib/conversations/read-call-parts';
import type { CallId, ConversationId, UserId } from '@/lib/ids';
import type { Call } from '../model/call';
import { participationOfRow } from '../participation-row';

type CallRow = typeof calls.$inferSelect;

/** Loads the whole call for `transition`, or null. For commands; reads for viewers are in read-calls.ts. */
export async function loadCall(q: Readable, callId: CallId): Promise<Call | null> {
  const [call] = await loadCalls(q, await q.select().from(calls).where(eq(calls.id, callId)));
  return call ?? null;
}

/** The one live call of a conversation, or null. */
export async function loadLiveCallIn(q: Readable, conversationId: ConversationId): Promise<Call | null> {
  const rows = await q
    .select()
    .from(calls)
    .where(and(eq(calls.conversationId, conversationId), isLiveCall));
  const [call] = await loadCalls(q, rows);
  return call ?? null;
}

/** The live calls of these conversations, one each at most. */
export async function findLiveCallsIn(q: Readable, ids: readonly ConversationId[]): Promise<CallId[]> {
  const rows = await inChunks(ids, (some) =>
    q
      .select({ id: calls.id })
      .from(calls)
      .where(and(inArray(calls.conversationId, some), isLiveCall)),
  );
  return rows.map((row) => row.id);
}

/** Every call that has not ended, with its rings and participations. */
export async function loadLiveCalls(q: Readable): Promise<Call[]> {
  return loadCalls(q, await q.select().from(calls).where(isLiveCall));
}

/** Which call this person takes part in, if any; at most one (a unique index holds it). */
export async function findCallOf(q: Readable, userId: UserId): Promise<CallId | null> {
  const [row] = await q
    .select({ callId: participations.callId })
    .from(participations)
    .where(and(eq(participations.userId, userId), isLivePart));
  return row?.callId ?? null;
}

/** The live calls in which this person's ring is ringing. */
export async function findRingsOf(q: Readable, userId: UserId): Promise<CallId[]> {
  const rows = await q
    .select({ callId: rings.callId })
    .from(rings)
    .where(and(eq(rings.userId, userId), isRunningRing));
  return rows.map((row) => row.callId);
}

/** The live calls that this person takes part in, or that ring for them. */
export async function findLiveCallsOf(q: Readable, userId: UserId): Promise<CallId[]> {
  const current = await findCallOf(q, userId);
  return [...new Set([...(current ? [current] : []), ...(await findRingsOf(q, userId))])];
}

/** The calls of these rows with their rings, oldest first, and participations; in the order of the rows. */
export async function loadCalls(q: Readable, rows: CallRow[]): Promise<Call[]> {
  const partsOf = await readCallParts(
    q,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const parts = partsOf(row.id);
    return {
      id: row.id,
      conversationId: row.conversationId,
      callerId: row.callerId,
      roomName: row.roomName,
      status: row.status,
      endReason: row.endReason,
      activeAt: row.activeAt,
      lengthMs: row.lengthMs,
      mediaLostAt: row.mediaLostAt,
      lastKnownAliveAt: row.lastKnownAliveAt,
      rings: parts.rings.map(({ callId: _, ...ring }) => ring),
      participations: parts.participations.map(participationOfRow),
    };
  });
}
