import 'server-only';
import { inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { participations, rings } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { CallId } from '@/lib/ids';

export type CallParts = {
  /** Oldest first. */
  rings: (typeof rings.$inferSelect)[];
  /** In the order in which people entered. */
  participations: (typeof participations.$inferSelect)[];
};

/**
 * Reads the rings and participations of calls in two queries, however many calls.
 *
 * @returns looks up one call's; empty lists for a call without any
 */
export async function readCallParts(
  q: Readable,
  callIds: readonly CallId[],
): Promise<(id: CallId) => CallParts> {
  const ringRows = await inChunks(callIds, (ids) =>
    q.select().from(rings).where(inArray(rings.callId, ids)).orderBy(rings.startedAt, rings.id),
  );
  const partRows = await inChunks(callIds, (ids) =>
    q
      .select()
      .from(participations)
      .where(inArray(participations.callId, ids))
      .orderBy(participations.enteredAt),
  );
  const ringsOf = Map.groupBy(ringRows, (ring) => ring.callId);
  const participationsOf = Map.groupBy(partRows, (part) => part.callId);
  return (id) => ({ rings: ringsOf.get(id) ?? [], participations: participationsOf.get(id) ?? [] });
}
