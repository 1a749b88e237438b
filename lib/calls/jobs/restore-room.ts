import 'server-only';
import type { CallDeps } from '@/lib/deps';
import type { CallId } from '@/lib/ids';
import type { Call } from '../model/call';
import { loadCall } from '../reads/load-call';
import { applyTrigger } from '../unit-of-work';

/**
 * Makes a live call's room again that LiveKit no longer has, because it was restarted: that is no
 * evidence that people left, so everyone gets time to come back (docs/calls.md, "Ending"). The call counts as
 * without media until LiveKit has said who is in the new room, so that a failure half-way shortens
 * no participant's time. A call that ended meanwhile keeps no room.
 * @throws MediaUnavailable; the reconciler goes on where this stopped
 */
export async function restoreRoom(
  deps: CallDeps,
  { id, roomName }: Pick<Call, 'id' | 'roomName'>,
): Promise<void> {
  await applyTrigger(deps, id, { type: 'media_lost' }, 'reconciler');
  await deps.media.createRoom(roomName);
  if (await isOver(deps, id)) {
    await deps.mediaWork.deleteRoom(roomName);
    return;
  }
  // Clients retry all the while: the first may be back as soon as the room is there.
  const present = (await deps.media.listParticipants(roomName)).map(({ identity, sid }) => ({
    ...identity,
    sid,
  }));
  await applyTrigger(deps, id, { type: 'media_restored', present }, 'reconciler');
}

async function isOver(deps: CallDeps, callId: CallId): Promise<boolean> {
  return (await loadCall(deps.db, callId))?.status === 'ended';
}
