import 'server-only';
import type { CallWithMedia } from '@parley/call-protocol';
import type { CallDeps } from '@/lib/deps';
import type { CallId, ClientId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { inOneUnit } from '../unit-of-work';
import { leaveOtherCall, orWithFinalView, touchedByEntry, withMedia } from './enter-call';
import { requireMember, requireSignedIn } from './require-member';

/**
 * **Move call here**: hands the person's part to this tab, also during the rejoin time, without a
 * moment in which they are not in the call: the old tab keeps its connection until the new one's
 * media is up and heard, and is then removed. Throws AppError: unauthenticated, not_found, call_ended,
 * already_in_call.
 */
export async function moveCall(
  deps: CallDeps,
  viewer: Viewer,
  { callId, clientId }: { callId: CallId; clientId: ClientId },
): Promise<CallWithMedia> {
  const { userId, signInId } = viewer;
  const moved = await orWithFinalView(deps, viewer, callId, () =>
    inOneUnit(deps, touchedByEntry(userId, callId), async (unit) => {
      await requireSignedIn(unit.tx, viewer);
      await requireMember(unit, userId, callId);
      await leaveOtherCall(unit, userId, callId, null);
      return unit.apply(callId, { type: 'move', userId, clientId, signInId });
    }),
  );
  return withMedia(deps, userId, clientId, moved.after);
}
