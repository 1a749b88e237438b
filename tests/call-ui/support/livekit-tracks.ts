import { RemoteAudioTrack, type RemoteParticipant, Room, Track } from 'livekit-client';
import { vi } from 'vitest';

/** What of the browser's media LiveKit's own classes need; jsdom has none of it. */
class FakeStreamTrack extends EventTarget {
  readonly id = crypto.randomUUID();
  readonly kind: 'audio' | 'video';
  readonly label: string;
  readonly facingMode: string | undefined;
  muted = false;
  enabled = true;
  readyState = 'live';
  constructor(kind: 'audio' | 'video', label = '', facingMode?: string) {
    super();
    this.kind = kind;
    this.label = label;
    this.facingMode = facingMode;
  }
  clone() {
    return new FakeStreamTrack(this.kind, this.label, this.facingMode);
  }
  getSettings() {
    return this.facingMode === undefined ? {} : { facingMode: this.facingMode };
  }
  getConstraints() {
    return {};
  }
  stop() {
    this.readyState = 'ended';
  }
}

class FakeStream {
  private tracks: FakeStreamTrack[];
  constructor(tracks: FakeStreamTrack[] = []) {
    this.tracks = [...tracks];
  }
  getTracks = () => this.tracks;
  getAudioTracks = () => this.tracks.filter(({ kind }) => kind === 'audio');
  getVideoTracks = () => this.tracks.filter(({ kind }) => kind === 'video');
  addTrack = (track: FakeStreamTrack) => void this.tracks.push(track);
  removeTrack = (track: FakeStreamTrack) => {
    this.tracks = this.tracks.filter((other) => other !== track);
  };
}

export const streamTrack = (...args: ConstructorParameters<typeof FakeStreamTrack>) =>
  new FakeStreamTrack(...args) as unknown as MediaStreamTrack;

/** Lets LiveKit's own tracks be attached to elements in jsdom. */
export function stubMedia() {
  vi.stubGlobal('MediaStream', FakeStream);
  const media = HTMLMediaElement.prototype;
  vi.spyOn(media, 'play').mockImplementation(async () => {});
  vi.spyOn(media, 'pause').mockImplementation(() => {});
  const streams = new WeakMap<HTMLMediaElement, unknown>();
  Object.defineProperty(media, 'srcObject', {
    configurable: true,
    get(this: HTMLMediaElement) {
      return streams.get(this) ?? null;
    },
    set(this: HTMLMediaElement, stream: unknown) {
      streams.set(this, stream);
    },
  });
}

/** A room that receives another participant's sounds; the connection is left out. */
export function roomWith(...identities: string[]) {
  const room = new Room();
  identities.forEach((identity, index) => {
    const joinedAt = new Date(1000 * (index + 1));
    room.remoteParticipants.set(identity, { identity, joinedAt } as unknown as RemoteParticipant);
  });
  return room;
}

export function soundOf(source: Track.Source, audioContext?: AudioContext) {
  const receiver = { getSynchronizationSources: () => [] } as unknown as RTCRtpReceiver;
  const track = new RemoteAudioTrack(
    streamTrack('audio'),
    `TR_${crypto.randomUUID()}`,
    receiver,
    audioContext,
  );
  track.source = source;
  return track;
}

export const { Microphone, ScreenShareAudio } = Track.Source;
