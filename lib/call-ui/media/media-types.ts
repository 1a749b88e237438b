import type { MediaAccess } from '@parley/call-protocol';
import type { Room } from 'livekit-client';
import type { ConnectionState } from '../call-phase';
import type { CallTrackRefs, ConnectionQuality, DeviceKind, VideoSource } from '../view-models';
import type { BlurProblem } from './blur-problem';

/**
 * One person as LiveKit sees them.
 *
 * @example
 * const isHeard = ({ isSpeaking, isMuted }: MediaPerson) => isSpeaking && !isMuted;
 */
export type MediaPerson = {
  isSpeaking: boolean;
  isMuted: boolean;
  hasMicrophone: boolean;
  quality: ConnectionQuality;
  camera: VideoSource | null;
  screen: VideoSource | null;
  /** For LiveKit's own components; left out where the media is not LiveKit's. */
  trackRefs?: CallTrackRefs;
};

/**
 * `closed`: by the kit. `left`: the app, or one of LiveKit's components, disconnected the room. `room_missing`: LiveKit
 * forgot the room. `replaced`: another connection of this person took over.
 */
export type DisconnectCause = 'closed' | 'left' | 'replaced' | 'removed' | 'room_missing' | 'lost';

/** `replaced`: it went away, and another one took its place by itself. */
export type DeviceNews = {
  kind: DeviceKind;
  what: 'lost' | 'replaced' | 'added';
  /** The one that was plugged in. */
  deviceId: string | null;
  /** What the browser calls it; '' where it has no name. */
  name: string;
};

/**
 * Everything the interface shows of one media connection; a new object with every change.
 *
 * @example
 * const speakers = ({ people }: RoomState) => [...people].filter(([, { isSpeaking }]) => isSpeaking).map(([id]) => id);
 */
export type RoomState = {
  connection: ConnectionState;
  cause: DisconnectCause | null;
  /** By user id, this person included. */
  people: ReadonlyMap<string, MediaPerson>;
  isMicrophoneOn: boolean;
  /** False while nothing can be sent: refused, missing, not there yet. */
  hasMicrophone: boolean;
  isCameraOn: boolean;
  /** Why the camera, which was to be blurred, is off; null when there is nothing to say. */
  blurProblem: BlurProblem | null;
  isScreenOn: boolean;
  canPlaySound: boolean;
  isTalkingWhileMuted: boolean;
  /** A device that went away while it was in use, or came; null when there is nothing to say. */
  deviceNews: DeviceNews | null;
  /** Devices that went away while they were in use, with none in their place yet. */
  unplugged: ReadonlySet<DeviceKind>;
  /** For LiveKit's own components; left out where the media is not LiveKit's. */
  liveKitRoom?: Room;
};

/** What of a person is heard: their microphone, or the sound of the screen they share. */
export type SoundKind = 'voice' | 'screen';

/**
 * What a person chose that a connection starts with.
 *
 * @example
 * const createCallRoom = ({ microphoneId, speakerId }: RoomOptions) => openRoom({ microphoneId, speakerId });
 */
export type RoomOptions = {
  microphoneId: string;
  cameraId: string;
  speakerId: string;
  noiseSuppression: boolean;
  echoCancellation: boolean;
  /** Null: where the machine carries it. */
  noiseFilter: boolean | null;
  isBackgroundBlurred: boolean;
};

/**
 * What another connection of this person in the room sends: the device that the call moves away from.
 *
 * @example
 * const keepsSending = (other: OtherDevice | null) => other?.isMicrophoneOn ?? false;
 */
export type OtherDevice = {
  hasMicrophone: boolean;
  isMicrophoneOn: boolean;
  isScreenOn: boolean;
};

/** What went out and what came in during a short while. */
export type VoiceMeasure = {
  /** Bytes of this person's microphone that left the device. */
  sentPerSecond: number;
  /** Between here and the media server; null: not known yet. */
  roundTripMs: number | null;
  /** How much of each voice was lost on the way, 0–100 by user id; null: nothing arrived. */
  lossPercents: ReadonlyMap<string, number | null>;
};

/**
 * One connection to the media of one call. The kit's own is made with LiveKit; tests bring another.
 *
 * @example
 * const hangUp = (room: CallRoom) => room.state().connection !== 'disconnected' && room.close();
 */
export type CallRoom = {
  state(): RoomState;
  subscribe(listener: () => void): () => void;
  /**
   * Resolves when connected; rejects with `RoomError`.
   *
   * @param onArrived called once who is in the room is known, and before anything is sent
   */
  connect(access: MediaAccess, onArrived?: (other: OtherDevice | null) => void): Promise<void>;
  /**
   * Resolves with the first sound of another person, or once connected when there is none to come. Left out where that
   * is not known: then the connection counts.
   */
  untilHeard?(): Promise<void>;
  /**
   * Before `connect`: until `release`, or until another person is in the room, no one can hear or see what this person
   * sends. The microphone is sent as silence meanwhile, and counts as on.
   */
  holdBack?(): void;
  release?(): void;
  /**
   * Instead of `connect`, while it rings: joins with a pass that permits no publishing, sends nothing, makes no
   * sound, and counts as connecting. Resolves when connected; rejects with `RoomError`.
   */
  listen?(access: MediaAccess): Promise<void>;
  /**
   * After `listen`, from the click that accepts: lets it be heard, and sends the microphone as soon as the server
   * permits. Resolves with true then, with false when the connection ends before.
   */
  takePart?(): Promise<boolean>;
  /** Sends this microphone, in place of the one before; the room owns the track from here on. Resolves once it is sent. */
  publishMicrophone(track: MediaStreamTrack): Promise<void>;
  /** Closes the microphone's device; the next one that is published takes its place. */
  closeMicrophone(): void;
  /** Counts for the microphone that is there and for one that comes later. */
  setMicrophone(isOn: boolean): Promise<void>;
  /** Sends the microphone through the noise filter or directly; null: where the machine carries it. */
  setNoiseFilter(choice: boolean | null): void;
  setCamera(isOn: boolean): Promise<void>;
  /** Blurs what is behind the person, or not; a camera that can't be blurred is switched off (`blurProblem`). */
  setBackgroundBlur(isChosen: boolean): Promise<void>;
  forgetBlurProblem(): void;
  setScreen(isOn: boolean): Promise<void>;
  flipCamera(): Promise<void>;
  /** Another speaker or camera; another microphone is published. '' is the system's choice. */
  switchDevice(kind: Exclude<DeviceKind, 'audioinput'>, id: string): Promise<void>;
  /** 0–200, on this device only. */
  setVolume(userId: string, kind: SoundKind, volume: number): void;
  /** Must be called from a click. */
  startSound(): Promise<void>;
  /** Measures for a second and a half: two voices that speak in turn leave gaps. */
  measureVoices(): Promise<VoiceMeasure>;
  /** The live microphone, for level meters. */
  microphoneTrack(): MediaStreamTrack | null;
  /** Lets go of every device at once, then of the connection. */
  close(): void;
};

/** Why a connection to a call could not be made; nothing is retried inside the room. */
export class RoomError extends Error {
  readonly disconnectCause: DisconnectCause;
  constructor(cause: DisconnectCause, message: string) {
    super(message);
    this.name = 'RoomError';
    this.disconnectCause = cause;
  }
}

/**
 * Loads what a call needs; called early, when a call comes near.
 *
 * @example
 * const loadMedia: MediaLoader = async () => import('./own-media');
 * <CallProvider {...props} loadMedia={loadMedia} />
 */
export type MediaLoader = {
  (): Promise<{ createCallRoom(options: RoomOptions): CallRoom }>;
  /** Its rooms have `holdBack`, `release`, `listen` and `takePart`, so that a callee may be connected while it rings. */
  preconnects?: boolean;
};
