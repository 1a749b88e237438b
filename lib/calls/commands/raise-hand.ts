import 'server-only';
import type { CallView } from '@parley/call-protocol';
import type { CallDeps } from '@/lib/deps';
import type { CallId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { requireView } from '../reads/read-calls';
import { orWithFinalView } from './enter-call';
import { applyAsMember } from './require-member';

/**
 * **Raise hand** and **Lower hand**: the hand of a participant, on whichever of their devices they press. A hand that
 * is raised already keeps its place.
 *
 * @throws {AppError} not_found; not_allowed — not in the call; call_ended — with the final view
 */
export async function raiseHand(
  deps: CallDeps,
  viewer: Viewer,
  { callId, isRaised }: { callId: CallId; isRaised: boolean },
): Promise<CallView> {
  const { userId } = viewer;
  await orWithFinalView(deps, viewer, callId, () =>
    applyAsMember(deps, userId, callId, { type: 'hand', userId, isRaised }),
  );
  return requireView(deps, userId, callId);
}
