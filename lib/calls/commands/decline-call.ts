import 'server-only';
import type { CallView } from '@parley/call-protocol';
import type { CallDeps } from '@/lib/deps';
import type { CallId, RingId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { requireView } from '../reads/read-calls';
import { applyAsMember } from './require-member';

/**
 * **Decline**: guarantees that this person's ring has ended on every device. `ringId` names the
 * window that was answered, so that a late press can't decline a newer ring. Never refused: a ring
 * that is already over, or an ended call, returns the view as it is.
 */
export async function declineCall(
  deps: CallDeps,
  viewer: Viewer,
  { callId, ringId }: { callId: CallId; ringId: RingId | null },
): Promise<CallView> {
  const { userId } = viewer;
  await applyAsMember(deps, userId, callId, { type: 'decline', userId, ringId });
  return requireView(deps, userId, callId);
}
