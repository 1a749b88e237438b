import 'server-only';
import type { Deps } from '@/lib/deps';
import type { CallId } from '@/lib/ids';
import { applyTrigger } from './apply-trigger';
import type { Call } from './call';
import { loadCall } from './load-call';

/**
 * Makes a live call's room again that LiveKit no longer has, because it was restarted: that is no
 * evidence that people left, so everyone gets time to come back (CALLS.md, "Ending"). A call that ended
 * meanwhile keeps no room. Throws MediaUnavailable.
 */
export async function restoreRoom(
  deps: Deps,
  { id, roomName }: Pick<Call, 'id' | 'roomName'>,
): Promise<void> {
  await deps.media.createRoom(roomName);
  if (await isOver(deps, id)) {
    await deps.media.deleteRoom(roomName);
    return;
  }
  await applyTrigger(deps, id, { type: 'media_restored', present: [] }, 'reconciler');
}

async function isOver(deps: Deps, callId: CallId): Promise<boolean> {
  return (await loadCall(deps.db, callId))?.status === 'ended';
}
