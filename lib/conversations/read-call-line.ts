import 'server-only';
import type { RingState } from '@parley/call-protocol';
import { inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { blocks } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { UserId } from '@/lib/ids';

/** A call with what its caller said that it is about. */
export type CallWithLine = { callerId: UserId; line: string | null };
/** A call's rings, oldest first. */
type Rings = readonly { userId: UserId; state: RingState }[];

/**
 * Reads who may see what these calls are about; without a line among them it reads nothing.
 *
 * @returns the line of one of the calls as one reader may see it: null for a reader whose newest ring in the call
 * was not allowed, and for a reader who blocks the caller
 */
export async function readCallLine(
  q: Readable,
  calls: readonly CallWithLine[],
): Promise<(call: CallWithLine, rings: Rings, viewerId: UserId) => string | null> {
  const callerIds = new Set(calls.filter(({ line }) => line !== null).map(({ callerId }) => callerId));
  const rows = await inChunks([...callerIds], (ids) =>
    q
      .select({ by: blocks.blockerId, callerId: blocks.blockedId })
      .from(blocks)
      .where(inArray(blocks.blockedId, ids)),
  );
  const blockers = Map.groupBy(rows, ({ callerId }) => callerId);
  return ({ callerId, line }, rings, viewerId) => {
    const hasBlocked = blockers.get(callerId)?.some(({ by }) => by === viewerId) ?? false;
    const mine = rings.filter(({ userId }) => userId === viewerId).at(-1);
    return hasBlocked || mine?.state === 'not_allowed' ? null : line;
  };
}
