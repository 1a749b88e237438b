import 'server-only';
import type { Touched } from '@/db/lock-rows';
import type { Tx } from '@/db/store';
import { removeFromAllCalls } from '@/lib/calls/commands/change-members';
import { findLiveCallsOf } from '@/lib/calls/reads/load-call';
import { touching } from '@/lib/calls/touching';
import type { Unit } from '@/lib/calls/unit-of-work';
import type { ConversationId, SignInId, UserId } from '@/lib/ids';

/** What a suspension, removal or password reset touches: both people, so that of two operators one stays, and calls. */
export function touchingPerson(
  tx: Tx,
  viewerId: UserId,
  userId: UserId,
  conversations?: () => Promise<ConversationId[]>,
): Touched {
  return touching(tx, {
    calls: () => findLiveCallsOf(tx, userId),
    people: async () => [viewerId, userId],
    ...(conversations && { conversations }),
  });
}

/**
 * The consequences of a suspension, removal or password reset, in its transaction: the streams of the revoked
 * sign-ins close, and every ring and participation of the person ends.
 */
export async function endAccess(unit: Unit, userId: UserId, revoked: readonly SignInId[]): Promise<void> {
  unit.closeStreams(revoked);
  await removeFromAllCalls(unit, userId);
}
