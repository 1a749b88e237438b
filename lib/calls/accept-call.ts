import 'server-only';
import type { Deps } from '@/lib/deps';
import type { CallWithMedia } from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';
import { type EnterRequest, enterCall } from './enter-call';

/**
 * **Accept**: guarantees that exactly one tab of the callee answers the ring; every other tab's
 * accept is refused with answered_elsewhere, and the winner's repeats answer like the first.
 */
export async function acceptCall(deps: Deps, viewer: Viewer, request: EnterRequest): Promise<CallWithMedia> {
  return enterCall(deps, viewer, request);
}
