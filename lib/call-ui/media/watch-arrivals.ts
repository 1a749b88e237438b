import { type Room, RoomEvent } from 'livekit-client';
import type { IsArriving } from './room-people';

/** A microphone that is allowed is published well within this time, in milliseconds. */
const arrivalMs = 2000;

/**
 * Knows who arrived just now. Without it every call would begin with "no microphone" on the face of the callee,
 * whose microphone is published a moment after they connect.
 *
 * @param changed called when the time of an arrival has passed
 */
export function watchArrivals(room: Room, changed: () => void): IsArriving {
  const arriving = new Set<string>();
  room.on(RoomEvent.ParticipantConnected, ({ identity }) => {
    arriving.add(identity);
    setTimeout(() => {
      if (arriving.delete(identity)) changed();
    }, arrivalMs);
  });
  return (identity) => arriving.has(identity);
}
