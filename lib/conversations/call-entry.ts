import 'server-only';
import type { CallEntry, ConversationKind } from '@parley/call-protocol';
import { eq, inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { callLines, calls, conversations } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { CallId, UserId } from '@/lib/ids';
import { summarizeCall } from './call-summary';
import { onePerKey } from './one-per-key';
import { readCallLine } from './read-call-line';
import { type CallParts, readCallParts } from './read-call-parts';

/**
 * Reads calls in a fixed number of queries. The calling code must have checked that the viewer may know of them.
 *
 * @returns summarizes one of them for a viewer, the same object for all who read the same; null for an unknown call
 */
export async function readCallEntries(
  q: Readable,
  callIds: readonly CallId[],
): Promise<(callId: CallId, viewerId: UserId) => CallEntry | null> {
  const ids = [...new Set(callIds)];
  const rows = await inChunks(ids, (some) =>
    q
      .select({ call: calls, kind: conversations.kind, line: callLines.line })
      .from(calls)
      .leftJoin(callLines, eq(callLines.callId, calls.id))
      .innerJoin(conversations, eq(conversations.id, calls.conversationId))
      .where(inArray(calls.id, some)),
  );
  const partsOf = await readCallParts(q, ids);
  const lineOf = await readCallLine(
    q,
    rows.map(({ call, line }) => ({ callerId: call.callerId, line })),
  );
  const byId = new Map(rows.map((row) => [row.call.id, row]));
  const same = onePerKey<CallEntry>();
  return (callId, viewerId) => {
    const row = byId.get(callId);
    if (!row) return null;
    const parts = partsOf(callId);
    const line = lineOf({ callerId: row.call.callerId, line: row.line }, parts.rings, viewerId);
    const entry = entryFor(row, parts, line, viewerId);
    return same(`${callId} ${entry.outcome} ${entry.line}`, () => entry);
  };
}

type Row = { call: typeof calls.$inferSelect; kind: ConversationKind };

function entryFor({ call, kind }: Row, parts: CallParts, line: string | null, viewerId: UserId): CallEntry {
  const endReason = call.status === 'ended' ? call.endReason : null;
  const story = { callerId: call.callerId, endReason, isLive: call.status !== 'ended', ...parts };
  return {
    callId: call.id,
    conversationId: call.conversationId,
    conversationKind: kind === 'direct' ? 'direct' : 'group',
    callerId: call.callerId,
    ...summarizeCall(story, viewerId),
    lengthMs: call.endReason === 'completed' ? (call.lengthMs ?? 0) : call.lengthMs,
    line,
    startedAt: call.createdAt,
  };
}
