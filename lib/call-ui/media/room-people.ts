import { ConnectionQuality as LiveKitQuality, type Participant, type Room, Track } from 'livekit-client';
import type { CallTrackRefs, ConnectionQuality, VideoSource } from '../view-models';
import { cameraTrackOf } from './camera-track';
import type { MediaPerson, OtherDevice } from './media-types';
import { mergeTrackRefs, trackRefsOf } from './track-refs';
import { isUserFacing } from './user-facing';

const qualities: Record<LiveKitQuality, ConnectionQuality> = {
  [LiveKitQuality.Excellent]: 'excellent',
  [LiveKitQuality.Good]: 'good',
  [LiveKitQuality.Poor]: 'weak',
  [LiveKitQuality.Lost]: 'lost',
  [LiveKitQuality.Unknown]: 'unknown',
};

const sources = new WeakMap<Track, VideoSource>();

/**
 * The same object for the same track, so that a `<video>` isn't attached anew with every change. A flip or another
 * device restarts the same track with another camera: only then it is a new one.
 */
function videoOf(participant: Participant, source: Track.Source): VideoSource | null {
  const publication = participant.getTrackPublication(source);
  const track = publication?.track;
  if (!track || publication.isMuted) return null;
  const isOwnCamera = participant.isLocal && source === Track.Source.Camera;
  const isMirrored = isOwnCamera && isUserFacing(cameraTrackOf(track));
  const known = sources.get(track);
  if (known?.isMirrored === isMirrored) return known;
  const made: VideoSource = {
    id: track.sid ?? track.mediaStreamTrack.id,
    attach: (element) => void track.attach(element),
    detach: (element) => void track.detach(element),
    isMirrored,
  };
  sources.set(track, made);
  return made;
}

/** Says of an identity whether it arrived just now; its microphone follows a moment later. */
export type IsArriving = (identity: string) => boolean;

type ConnectedPerson = MediaPerson & { trackRefs: CallTrackRefs };

function personOf(participant: Participant, isArriving: IsArriving): ConnectedPerson {
  const hasMicrophone = participant.getTrackPublication(Track.Source.Microphone) !== undefined;
  const isExpected = !hasMicrophone && isArriving(participant.identity);
  return {
    isSpeaking: participant.isSpeaking,
    isMuted: !isExpected && !participant.isMicrophoneEnabled,
    hasMicrophone: isExpected || hasMicrophone,
    quality: qualities[participant.connectionQuality],
    camera: videoOf(participant, Track.Source.Camera),
    screen: videoOf(participant, Track.Source.ScreenShare),
    trackRefs: trackRefsOf(participant),
  };
}

/** LiveKit's identity is user id and client id with a dot between them. */
export function userIdOf(identity: string): string {
  return identity.split('.', 1)[0] ?? identity;
}

/** Merges two connections of one person: a picture, or speech, of either one is theirs. */
function together(older: ConnectedPerson, newer: ConnectedPerson): ConnectedPerson {
  return {
    isSpeaking: older.isSpeaking || newer.isSpeaking,
    isMuted: older.isMuted && newer.isMuted,
    hasMicrophone: older.hasMicrophone || newer.hasMicrophone,
    quality: newer.quality,
    camera: newer.camera ?? older.camera,
    screen: newer.screen ?? older.screen,
    trackRefs: mergeTrackRefs(older.trackRefs, newer.trackRefs),
  };
}

const inOrderOfJoining = (room: Room): Participant[] =>
  [...room.remoteParticipants.values()].sort(
    (a, b) => (a.joinedAt?.getTime() ?? 0) - (b.joinedAt?.getTime() ?? 0),
  );

/** The newest of this person's other connections in the room; null when there is none. */
export function otherDeviceIn(room: Room): OtherDevice | null {
  const userId = userIdOf(room.localParticipant.identity);
  const other = inOrderOfJoining(room).findLast(({ identity }) => userIdOf(identity) === userId);
  if (!other) return null;
  return {
    hasMicrophone: other.getTrackPublication(Track.Source.Microphone) !== undefined,
    isMicrophoneOn: other.isMicrophoneEnabled,
    isScreenOn: other.isScreenShareEnabled,
  };
}

/**
 * Everyone in the room by user id. While a participant moves between devices, both devices are connected for a
 * moment, and stay one person.
 */
function everyoneIn(room: Room, isArriving: IsArriving): Map<string, MediaPerson> {
  const people = new Map<string, ConnectedPerson>();
  for (const participant of inOrderOfJoining(room)) {
    const userId = userIdOf(participant.identity);
    const older = people.get(userId);
    const newer = personOf(participant, isArriving);
    people.set(userId, older ? together(older, newer) : newer);
  }
  const self = room.localParticipant;
  if (self.identity) people.set(userIdOf(self.identity), personOf(self, isArriving));
  return people;
}

/**
 * Everyone in the room by user id, of whom those that have not changed are the same objects as before, and the whole
 * the same map when none has changed: a speaker event concerns the speaker alone.
 */
export function peopleIn(
  room: Room,
  before: ReadonlyMap<string, MediaPerson>,
  isArriving: IsArriving = () => false,
): ReadonlyMap<string, MediaPerson> {
  const now = everyoneIn(room, isArriving);
  let isSame = now.size === before.size;
  for (const [userId, person] of now) {
    const known = before.get(userId);
    if (known && isAlike(known, person)) now.set(userId, known);
    else isSame = false;
  }
  return isSame ? before : now;
}

const isAlike = (before: MediaPerson, now: MediaPerson) =>
  Object.entries(now).every(([key, value]) => Object.is(Reflect.get(before, key), value));
