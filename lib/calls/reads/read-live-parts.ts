import 'server-only';
import { isLivePart, isRunningRing } from '@/db/conditions';
import { participations, rings } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { CallId, UserId } from '@/lib/ids';

/** Returns who takes part in live calls, or is rung. */
export async function readLiveParts(q: Readable): Promise<{ callId: CallId; userId: UserId }[]> {
  return q
    .select({ callId: participations.callId, userId: participations.userId })
    .from(participations)
    .where(isLivePart)
    .unionAll(q.select({ callId: rings.callId, userId: rings.userId }).from(rings).where(isRunningRing));
}
