import 'server-only';
import type { Deps } from '@/lib/deps';
import type { CallWithMedia } from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';
import { type EnterRequest, enterCall } from './enter-call';

/**
 * **Join call**: lets any member of the conversation into its live call, also after declining or
 * missing it, and brings a reloaded tab back into the part it holds.
 */
export async function joinCall(deps: Deps, viewer: Viewer, request: EnterRequest): Promise<CallWithMedia> {
  return enterCall(deps, viewer, request);
}
