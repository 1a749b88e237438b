import { ConnectionState, type RemoteTrack, type Room } from 'livekit-client';

/** What is known of a sound before the connection stands. */
export type EarlySound = { participantSid: string; trackSid: string };

/**
 * Plays what arrives while the room connects. LiveKit's client hands a track out only when it has noticed that the whole
 * connection is up, for which it looks every 50 ms, and an element that is attached by then needs time of its own: an
 * element that waits for the first packet plays it at once.
 *
 * @param volumeOf from 0 to 1; null for a sound that must not be played, or is not known
 */
export function watchEarlySounds(room: Room, volumeOf: (sound: EarlySound) => number | null) {
  const elements = new Map<string, HTMLAudioElement>();

  room.engine.on('mediaTrackAdded', (track, stream, receiver) => {
    if (track.kind !== 'audio' || room.state !== ConnectionState.Connecting) return;
    const [participantSid = ''] = stream.id.split('|');
    const trackSid = room.engine.getTrackIdForReceiver(receiver);
    const volume = trackSid ? volumeOf({ participantSid, trackSid }) : null;
    if (volume === null) return;
    const element = document.createElement('audio');
    element.hidden = true;
    element.autoplay = true;
    element.volume = volume;
    const speakerId = room.options.audioOutput?.deviceId;
    // A speaker that was unplugged: the system's one plays, as LiveKit does.
    if (speakerId) element.setSinkId?.(speakerId).catch(() => {});
    element.srcObject = new MediaStream([track]);
    document.body.append(element);
    elements.set(track.id, element);
  });

  return {
    /** Hands over the element that plays this track already. */
    take(track: RemoteTrack): HTMLAudioElement | undefined {
      const { id } = track.mediaStreamTrack;
      const element = elements.get(id);
      elements.delete(id);
      return element;
    },
    stop() {
      for (const element of elements.values()) {
        element.srcObject = null;
        element.remove();
      }
      elements.clear();
    },
  };
}
