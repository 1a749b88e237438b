import 'server-only';
import { eq, inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { calls, conversations } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { CallId, UserId } from '@/lib/ids';
import type { CallEntry } from '@/lib/protocol';
import { summarizeCall } from './call-summary';
import { readCallParts } from './read-call-parts';

/**
 * Summarizes calls for the viewer in a fixed number of queries. The calling code must have checked that the
 * viewer may know of them.
 */
export async function readCallEntries(
  q: Readable,
  viewerId: UserId,
  callIds: readonly CallId[],
): Promise<Map<CallId, CallEntry>> {
  const ids = [...new Set(callIds)];
  const rows = await inChunks(ids, (some) =>
    q
      .select({ call: calls, kind: conversations.kind })
      .from(calls)
      .innerJoin(conversations, eq(conversations.id, calls.conversationId))
      .where(inArray(calls.id, some)),
  );
  const partsOf = await readCallParts(q, ids);
  return new Map(
    rows.map(({ call, kind }) => [
      call.id,
      {
        callId: call.id,
        conversationId: call.conversationId,
        conversationKind: kind === 'direct' ? 'direct' : 'group',
        callerId: call.callerId,
        ...summarizeCall(
          {
            callerId: call.callerId,
            endReason: call.status === 'ended' ? call.endReason : null,
            isLive: call.status !== 'ended',
            ...partsOf(call.id),
          },
          viewerId,
        ),
        lengthMs: call.endReason === 'completed' ? (call.lengthMs ?? 0) : call.lengthMs,
        startedAt: call.createdAt,
      },
    ]),
  );
}
