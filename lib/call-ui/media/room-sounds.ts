import { type RemoteTrack, type Room, Track } from 'livekit-client';
import { userIdOf } from './room-people';

/** The voices of a room as audio elements of the page, each as loud as this person wants it. */
export function createRoomSounds(room: Room) {
  const volumes = new Map<string, number>();
  const elements = new Map<RemoteTrack, HTMLMediaElement>();

  function applyVolume(userId: string) {
    for (const participant of room.remoteParticipants.values()) {
      if (userIdOf(participant.identity) !== userId) continue;
      participant.setVolume((volumes.get(userId) ?? 100) / 100);
    }
  }

  function stop(track: RemoteTrack) {
    track.detach();
    elements.get(track)?.remove();
    elements.delete(track);
  }

  return {
    play(track: RemoteTrack, identity: string) {
      if (track.kind !== Track.Kind.Audio) return;
      const userId = userIdOf(identity);
      // My other device, from which the call is being moved: hearing it here would howl.
      if (userId === userIdOf(room.localParticipant.identity)) return;
      const element = track.attach();
      element.hidden = true;
      element.dataset.callAudio = userId;
      document.body.append(element);
      elements.set(track, element);
      if (volumes.has(userId)) applyVolume(userId);
    },
    stop,
    stopAll() {
      for (const track of [...elements.keys()]) stop(track);
    },
    setVolume(userId: string, volume: number) {
      volumes.set(userId, volume);
      applyVolume(userId);
    },
  };
}
