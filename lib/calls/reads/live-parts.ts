import 'server-only';
import { isLivePart, isRunningRing } from '@/db/conditions';
import { participations, rings } from '@/db/schema';
import type { Readable } from '@/db/store';

/** Who takes part in live calls, or is rung: a query, to be read or joined. */
export function selectLiveParts(q: Readable) {
  return q
    .select({ callId: participations.callId, userId: participations.userId })
    .from(participations)
    .where(isLivePart)
    .unionAll(q.select({ callId: rings.callId, userId: rings.userId }).from(rings).where(isRunningRing));
}
