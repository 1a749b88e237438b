import { ParticipantEvent, type RemoteParticipant, type Room, RoomEvent, type Track } from 'livekit-client';
import { userIdOf } from './room-people';
import { SilentTrack } from './silent-track';

export type HeldBack = {
  isHeld(): boolean;
  hold(): void;
  release(): void;
};

/**
 * Keeps what this person says and shows from a room in which another may already listen in hiding: the microphone is
 * sent as silence (`SilentTrack`), and once anything else is sent, by the kit or the app, LiveKit lets no one receive.
 *
 * @param released called once, when it ends: by `release`, or with the first other person in the room, because the
 * media server shows one only after they have accepted
 */
export function createHeldBack(room: Room, released: () => void): HeldBack {
  const self = room.localParticipant;
  let isHeld = false;
  let isClosed = false;

  function release() {
    if (!isHeld) return;
    isHeld = false;
    self.off(ParticipantEvent.LocalSenderCreated, guard);
    room.off(RoomEvent.ParticipantConnected, look);
    room.off(RoomEvent.Connected, look);
    if (isClosed) self.setTrackSubscriptionPermissions(true);
    released();
  }

  /** Emitted before the track is negotiated: none of it has left yet. */
  function guard(_sender: RTCRtpSender, track: Track) {
    if (isClosed || track instanceof SilentTrack) return;
    isClosed = true;
    self.setTrackSubscriptionPermissions(false);
  }

  function look() {
    const isOther = ({ identity }: RemoteParticipant) => userIdOf(identity) !== userIdOf(self.identity);
    if ([...room.remoteParticipants.values()].some(isOther)) release();
  }

  return {
    isHeld: () => isHeld,
    hold() {
      if (isHeld) return;
      isHeld = true;
      self.on(ParticipantEvent.LocalSenderCreated, guard);
      room.on(RoomEvent.ParticipantConnected, look);
      room.on(RoomEvent.Connected, look);
    },
    release,
  };
}
