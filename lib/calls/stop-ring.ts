import 'server-only';
import type { Deps } from '@/lib/deps';
import type { CallId, UserId } from '@/lib/ids';
import type { CallView } from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';
import { applyTrigger } from './apply-trigger';
import { requireMember } from './enter-call';
import { requireView } from './read-calls';

/**
 * **Stop ringing**: ends one member's ring; only who started it may (not_allowed). A ring that is
 * already over, or an ended call, answers with the view as it is.
 */
export async function stopRing(
  deps: Deps,
  viewer: Viewer,
  { callId, userId }: { callId: CallId; userId: UserId },
): Promise<CallView> {
  await requireMember(deps.db, viewer.userId, callId);
  await applyTrigger(deps, callId, { type: 'stop_ring', byUserId: viewer.userId, userId });
  return requireView(deps, viewer.userId, callId);
}
