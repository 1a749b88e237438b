import 'server-only';
import { removeFromAllCalls } from '@/lib/calls/commands/leave-call';
import type { Deps } from '@/lib/deps';
import type { SignInId, UserId } from '@/lib/ids';
import type { Wake } from '@/lib/realtime/wake';

/**
 * What follows a committed suspension, removal or password reset: the streams of these sign-ins
 * close, everybody hears of `changed`, and every ring and part of the person in calls is over, in
 * LiveKit too: last, because that takes its time and may fail. What a crash leaves undone the reconciler does.
 */
export async function endAccess(
  deps: Deps,
  userId: UserId,
  revoked: readonly SignInId[],
  changed: Wake,
): Promise<void> {
  deps.realtime.closeSignIns(revoked);
  deps.realtime.wake('everyone', changed);
  await removeFromAllCalls(deps, userId);
}
