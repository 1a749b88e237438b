import 'server-only';
import { removeFromAllCalls } from '@/lib/calls/commands/change-members';
import { findLiveCallsOf } from '@/lib/calls/reads/load-call';
import type { Touches } from '@/lib/calls/touching';
import type { Unit } from '@/lib/calls/unit-of-work';
import type { SignInId, UserId } from '@/lib/ids';

/** What a suspension, removal or password reset touches: both people, so that of two operators one stays, and calls. */
export function touchedByEndOfAccess(viewerId: UserId, userId: UserId): Touches {
  return { calls: (tx) => findLiveCallsOf(tx, userId), people: [viewerId, userId] };
}

/**
 * The consequences of a suspension, removal or password reset, in its transaction: the streams of the revoked
 * sign-ins close, and every ring and participation of the person ends.
 */
export async function endAccess(unit: Unit, userId: UserId, revoked: readonly SignInId[]): Promise<void> {
  unit.closeStreams(revoked);
  await removeFromAllCalls(unit, userId);
}
