import 'server-only';
import type { Deps } from '@/lib/deps';
import type { CallId, ClientId } from '@/lib/ids';
import type { CallWithMedia } from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';
import { announce } from '../announce';
import { applyInTransaction } from '../apply-trigger';
import { leaveOtherCall, orWithFinalView, requireMember, requireSignedIn, withMedia } from './enter-call';

/**
 * **Move call here**: hands the person's part to this tab, also during the rejoin time, without a
 * moment in which they are not in the call: the old tab keeps its connection until the new one's
 * media is up and heard, and is then removed. Throws AppError: unauthenticated, not_found, call_ended,
 * already_in_call.
 */
export async function moveCall(
  deps: Deps,
  viewer: Viewer,
  { callId, clientId }: { callId: CallId; clientId: ClientId },
): Promise<CallWithMedia> {
  const { userId, signInId } = viewer;
  const moved = await orWithFinalView(deps, viewer, callId, () =>
    deps.transaction(async (tx) => {
      await requireSignedIn(tx, viewer);
      await requireMember(tx, userId, callId);
      await leaveOtherCall(deps, tx, userId, callId, null);
      return applyInTransaction(deps, tx, callId, { type: 'move', userId, clientId, signInId });
    }),
  );
  await announce(deps, [moved]);
  return withMedia(deps, userId, clientId, moved.after);
}
