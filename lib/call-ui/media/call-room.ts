import {
  type AudioCaptureOptions,
  ConnectionError,
  ConnectionErrorReason,
  DefaultReconnectPolicy,
  DisconnectReason,
  ConnectionState as LiveKitState,
  LocalAudioTrack,
  LogLevel,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
} from 'livekit-client';
import {
  type CallRoom,
  type DisconnectCause,
  RoomError,
  type RoomOptions,
  type RoomState,
} from './media-types';
import { peopleIn } from './room-people';
import { createRoomSounds } from './room-sounds';
import { watchTalkingWhileMuted } from './voice';
import { watchDevices } from './watch-devices';

// Our own states tell what happens to a connection. LiveKit's client would call it an error on the
// console whenever the server ends a call by deleting its room.
setLogLevel(LogLevel.silent);

const changes = [
  RoomEvent.ConnectionStateChanged,
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.AudioPlaybackStatusChanged,
] as const;

// Quicker than LiveKit's own: our server re-creates a lost room within seconds. About 45 s in all.
const reconnectDelaysMs = [0, 300, 700, 1200, ...Array.from({ length: 20 }, () => 2000)];

const causes: Partial<Record<DisconnectReason, DisconnectCause>> = {
  [DisconnectReason.CLIENT_INITIATED]: 'closed',
  [DisconnectReason.DUPLICATE_IDENTITY]: 'replaced',
  [DisconnectReason.PARTICIPANT_REMOVED]: 'removed',
  [DisconnectReason.ROOM_DELETED]: 'room_missing',
  [DisconnectReason.ROOM_CLOSED]: 'room_missing',
};

/**
 * The media of one call, over LiveKit. This file and what it imports are the only ones that load
 * livekit-client, and they are loaded when a call comes near.
 */
export function createCallRoom(options: RoomOptions): CallRoom {
  const device = (id: string) => (id ? { deviceId: id } : {});
  const capture: AudioCaptureOptions = {
    ...device(options.microphoneId),
    autoGainControl: true,
    noiseSuppression: options.noiseSuppression,
    echoCancellation: options.echoCancellation,
  };
  const room = new Room({
    adaptiveStream: true,
    dynacast: true,
    // Firefox has open bugs with one peer connection (sound in one direction only).
    singlePeerConnection: !/firefox/i.test(navigator.userAgent),
    audioCaptureDefaults: capture,
    videoCaptureDefaults: device(options.cameraId),
    ...(options.speakerId ? { audioOutput: { deviceId: options.speakerId } } : {}),
    reconnectPolicy: new DefaultReconnectPolicy(reconnectDelaysMs),
  });
  const listeners = new Set<() => void>();
  const sounds = createRoomSounds(room);
  const own: Pick<RoomState, 'cause' | 'deviceNews' | 'isTalkingWhileMuted'> = {
    cause: null,
    deviceNews: null,
    isTalkingWhileMuted: false,
  };
  let waiting: MediaStreamTrack | null = null;
  let microphone: LocalAudioTrack | null = null;
  let hasStarted = false;
  let isClosed = false;
  let stopEar: (() => void) | null = null;
  let state = look();

  function look(): RoomState {
    return {
      ...own,
      connection: connectionNow(),
      people: peopleIn(room),
      hasMicrophone: microphone !== null || waiting !== null,
      isMicrophoneOn: microphone ? !microphone.isMuted : waiting !== null,
      isCameraOn: room.localParticipant.isCameraEnabled,
      isScreenOn: room.localParticipant.isScreenShareEnabled,
      canPlaySound: !hasStarted || room.canPlaybackAudio,
    };
  }

  function connectionNow(): RoomState['connection'] {
    if (isClosed || own.cause !== null) return 'disconnected';
    if (room.state === LiveKitState.Connected) return 'connected';
    if (room.state === LiveKitState.Reconnecting || room.state === LiveKitState.SignalReconnecting)
      return 'reconnecting';
    return 'connecting';
  }

  function changed() {
    state = look();
    for (const listener of [...listeners]) listener();
  }

  async function publishWaiting() {
    const track = waiting;
    if (!track || isClosed) return;
    waiting = null;
    if (track.readyState === 'ended') return;
    microphone = new LocalAudioTrack(track, capture, false);
    const mine = microphone;
    try {
      // @ts-expect-error livekit-client's own types disagree under exactOptionalPropertyTypes (LocalTrack.processor)
      await room.localParticipant.publishTrack(mine, { source: Track.Source.Microphone });
    } catch (error) {
      mine.stop();
      if (microphone === mine) microphone = null;
      changed();
      if (!isClosed) throw error;
    }
  }

  for (const event of changes) room.on(event, changed);
  // As early as LiveKit takes it; a microphone that comes between the two is caught by the second.
  room.on(RoomEvent.SignalConnected, () => void publishWaiting().catch(() => {}));
  room.on(RoomEvent.Connected, () => void publishWaiting().catch(() => {}));
  room.on(RoomEvent.TrackSubscribed, (track, _publication, from) => sounds.play(track, from.identity));
  room.on(RoomEvent.TrackUnsubscribed, sounds.stop);
  room.on(RoomEvent.Disconnected, (reason) => {
    own.cause = isClosed ? 'closed' : (causes[reason ?? DisconnectReason.UNKNOWN_REASON] ?? 'lost');
    letGo();
    changed();
  });
  const stopDevices = watchDevices(room, (news) => {
    own.deviceNews = news;
    changed();
  });

  function letGo() {
    stopDevices();
    stopEar?.();
    stopEar = null;
    waiting?.stop();
    waiting = null;
    microphone?.stop();
    for (const publication of room.localParticipant.trackPublications.values()) publication.track?.stop();
    sounds.stopAll();
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async connect({ url, token }) {
      hasStarted = true;
      try {
        await room.connect(url, token, {
          maxRetries: 1,
          websocketTimeout: 6000,
          peerConnectionTimeout: 12_000,
        });
      } catch (error) {
        const isMissing =
          error instanceof ConnectionError && error.reason === ConnectionErrorReason.NotAllowed;
        own.cause = isClosed ? 'closed' : isMissing ? 'room_missing' : 'lost';
        changed();
        throw new RoomError(own.cause, error instanceof Error ? error.message : 'could not connect');
      }
      if (isClosed) {
        await room.disconnect();
        throw new RoomError('closed', 'left while connecting');
      }
      // Sounds right away where the page may; else AudioPlaybackStatusChanged says so.
      void room.startAudio().catch(() => {});
      changed();
    },
    async publishMicrophone(track) {
      if (isClosed) {
        track.stop();
        return;
      }
      waiting = track;
      changed();
      if (room.state === LiveKitState.Connected) await publishWaiting();
    },
    async setMicrophone(isOn) {
      stopEar?.();
      stopEar = null;
      if (!microphone) {
        await room.localParticipant.setMicrophoneEnabled(isOn, capture);
        const track = room.localParticipant.getTrackPublication(Track.Source.Microphone)?.track;
        microphone = track instanceof LocalAudioTrack ? track : null;
      } else if (isOn) {
        await microphone.unmute();
      } else {
        await microphone.mute();
        stopEar = watchTalkingWhileMuted(microphone.mediaStreamTrack, (isTalking) => {
          own.isTalkingWhileMuted = isTalking;
          changed();
        });
      }
      own.deviceNews = null;
      changed();
    },
    async setCamera(isOn) {
      await room.localParticipant.setCameraEnabled(isOn);
      changed();
    },
    async setScreen(isOn) {
      await room.localParticipant.setScreenShareEnabled(isOn, { audio: true });
      changed();
    },
    async flipCamera() {
      const track = room.localParticipant.getTrackPublication(Track.Source.Camera)?.videoTrack;
      const facing = track?.mediaStreamTrack.getSettings().facingMode;
      await track?.restartTrack({ facingMode: facing === 'environment' ? 'user' : 'environment' });
      changed();
    },
    async switchDevice(kind, id) {
      await room.switchActiveDevice(kind, id || 'default', false);
      own.deviceNews = null;
      changed();
    },
    setVolume: sounds.setVolume,
    startSound: () => room.startAudio(),
    microphoneTrack: () => microphone?.mediaStreamTrack ?? waiting,
    close() {
      if (isClosed) return;
      isClosed = true;
      letGo();
      void room.disconnect().catch(() => {});
      changed();
    },
  };
}
