import 'server-only';
import { removeFromAllCalls } from '@/lib/calls/leave-call';
import type { Deps } from '@/lib/deps';
import type { SignInId, UserId } from '@/lib/ids';

/**
 * What follows a committed suspension, removal or password reset: the streams of these sign-ins
 * close, and every ring and part of the person in calls is over, in LiveKit too. What a crash
 * leaves undone the reconciler does.
 */
export async function endAccess(deps: Deps, userId: UserId, revoked: readonly SignInId[]): Promise<void> {
  deps.realtime.closeSignIns(revoked);
  await removeFromAllCalls(deps, userId);
}
