import 'server-only';
import { removeFromAllCalls } from '@/lib/calls/commands/change-members';
import type { Unit } from '@/lib/calls/unit-of-work';
import type { SignInId, UserId } from '@/lib/ids';

/**
 * The consequences of a suspension, removal or password reset, in its transaction: the streams of the revoked
 * sign-ins close, and every ring and participation of the person ends.
 */
export async function endAccess(unit: Unit, userId: UserId, revoked: readonly SignInId[]): Promise<void> {
  unit.closeStreams(revoked);
  await removeFromAllCalls(unit, userId);
}
