import type { MediaAccess } from '@parley/call-protocol';
import {
  type AudioCaptureOptions,
  ConnectionError,
  ConnectionErrorReason,
  DefaultReconnectPolicy,
  DisconnectReason,
  getLogger,
  ConnectionState as LiveKitState,
  type LocalTrack,
  LogLevel,
  Room,
  RoomEvent,
  Track,
} from 'livekit-client';
import { createAudioMix } from './audio-mix';
import { createHeldBack } from './held-back';
import { createListening } from './listening';
import { measureVoices } from './measure-voices';
import {
  type CallRoom,
  type DisconnectCause,
  type OtherDevice,
  RoomError,
  type RoomOptions,
  type RoomState,
} from './media-types';
import { createRoomCamera } from './room-camera';
import { createRoomMicrophone } from './room-microphone';
import { otherDeviceIn, peopleIn } from './room-people';
import { createRoomSounds } from './room-sounds';
import { screenCaptureOptions } from './screen-capture';
import { watchArrivals } from './watch-arrivals';
import { watchDevices } from './watch-devices';
import { watchPage } from './watch-page';

/** The loggers of the kit's own rooms; what else a page does with LiveKit logs as the page wants it. */
const loggerName = 'parley-calls';
// The kit's own states describe a connection. LiveKit's client would log an error on the console whenever the
// server ends a call by deleting its room.
getLogger(loggerName).setLevel(LogLevel.silent);

const changes = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.AudioPlaybackStatusChanged,
] as const;

// Quicker than LiveKit's own: our server re-creates a lost room within seconds. About 45 s in all.
const reconnectDelaysMs = [0, 300, 700, 1200, ...Array.from({ length: 20 }, () => 2000)];

/** One frame of a screen. */
const frameMs = 16;

const causes: Partial<Record<DisconnectReason, DisconnectCause>> = {
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
  const mix = createAudioMix(options.speakerId);
  const room = new Room({
    loggerName,
    adaptiveStream: true,
    dynacast: true,
    // LiveKit would disconnect at `beforeunload`, where the page may still stay; see watch-page.ts.
    disconnectOnPageLeave: false,
    // Firefox has open bugs with one peer connection (sound in one direction only).
    singlePeerConnection: !/firefox/i.test(navigator.userAgent),
    audioCaptureDefaults: capture,
    videoCaptureDefaults: device(options.cameraId),
    ...(options.speakerId && !mix.hasEveryVoice ? { audioOutput: { deviceId: options.speakerId } } : {}),
    ...(mix.hasEveryVoice ? { webAudioMix: { audioContext: mix.context() } } : {}),
    reconnectPolicy: new DefaultReconnectPolicy(reconnectDelaysMs),
  });
  const listeners = new Set<() => void>();
  let heard = () => {};
  const untilHeard = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const listening = createListening(room, { heard: () => sounds.unhush(), admitted: () => changed() });
  const sounds = createRoomSounds(room, mix, { isHushed: listening.isHushed, onPlayed: heard });
  const heldBack = createHeldBack(room, () => {
    if (room.state === LiveKitState.Connected) void microphone.publishWaiting().catch(() => {});
  });
  const microphone = createRoomMicrophone(room, capture, options.noiseFilter, heldBack.isHeld, () =>
    changed(),
  );
  const camera = createRoomCamera(room, options.isBackgroundBlurred, send, () => changed());
  /** Cameras and screens on their way out. */
  const opened = new Set<LocalTrack>();
  const own: Pick<RoomState, 'cause' | 'deviceNews'> = { cause: null, deviceNews: null };
  const devices = watchDevices(room, microphone.isThere, (news) => {
    own.deviceNews = news;
    changed();
  });
  const isArriving = watchArrivals(room, () => changed());
  let onArrived: ((other: OtherDevice | null) => void) | null = null;
  let hasStarted = false;
  let isClosed = false;
  let isPageGone = false;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let people: RoomState['people'] = new Map();
  let state = look();

  function look(): RoomState {
    people = peopleIn(room, people, isArriving);
    return {
      ...own,
      connection: connectionNow(),
      people,
      hasMicrophone: microphone.isThere(),
      isMicrophoneOn: microphone.isOn(),
      isTalkingWhileMuted: microphone.isTalkingWhileMuted(),
      isCameraOn: room.localParticipant.isCameraEnabled,
      blurProblem: camera.blurProblem(),
      isScreenOn: room.localParticipant.isScreenShareEnabled,
      canPlaySound: !hasStarted || room.canPlaybackAudio,
      unplugged: devices.unplugged(),
      liveKitRoom: room,
    };
  }

  function connectionNow(): RoomState['connection'] {
    if (isClosed || own.cause !== null) return 'disconnected';
    if (listening.isListening()) return 'connecting';
    if (room.state === LiveKitState.Connected) return 'connected';
    if (room.state === LiveKitState.Reconnecting || room.state === LiveKitState.SignalReconnecting)
      return 'reconnecting';
    return 'connecting';
  }

  function changed() {
    clearTimeout(soon);
    soon = undefined;
    state = look();
    for (const listener of [...listeners]) listener();
  }

  /** Someone who joins is a handful of events within a moment: one change for the listeners. */
  function changedSoon() {
    soon ??= setTimeout(changed, frameMs);
  }

  room.on(RoomEvent.ConnectionStateChanged, changed);
  for (const event of changes) room.on(event, changedSoon);
  // LiveKit unpublishes everything right before it reports the disconnect: a microtask later the state shows
  // the one from the other.
  room.on(RoomEvent.LocalTrackUnpublished, () => queueMicrotask(changed));
  // As early as LiveKit takes it; a microphone that comes between the two is caught by the second.
  room.on(RoomEvent.SignalConnected, () => {
    onArrived?.(otherDeviceIn(room));
    void microphone.publishWaiting().catch(() => {});
  });
  room.on(RoomEvent.Connected, () => void microphone.publishWaiting().catch(() => {}));
  // Publishes a microphone that was allowed or chosen while the connection was lost.
  room.on(RoomEvent.Reconnected, () => void microphone.publishWaiting().catch(() => {}));
  room.on(RoomEvent.TrackSubscribed, (track, _publication, from) => sounds.play(track, from.identity));
  room.on(RoomEvent.TrackUnsubscribed, sounds.stop);
  room.on(RoomEvent.Disconnected, (reason) => {
    own.cause = causeOf(reason ?? DisconnectReason.UNKNOWN_REASON);
    stopWatchingPage();
    releaseDevices();
    listening.end();
    changed();
  });
  /** Without the kit having closed the room, CLIENT_INITIATED is a `room.disconnect()` of the app's. */
  function causeOf(reason: DisconnectReason): DisconnectCause {
    if (isClosed) return 'closed';
    if (reason === DisconnectReason.CLIENT_INITIATED) return isPageGone ? 'lost' : 'left';
    return causes[reason] ?? 'lost';
  }

  /**
   * A page that goes, or is frozen, leaves at once: nothing in it would run that mutes or leaves. It may come back
   * (back-forward cache, a woken tab), so that this is no leave of the person's: the connection counts as lost.
   */
  function leaveWithPage() {
    isPageGone = true;
    releaseDevices();
    void room.disconnect().catch(() => {});
  }
  const stopWatchingPage = watchPage(leaveWithPage);

  function releaseDevices() {
    devices.stop();
    microphone.close();
    camera.close();
    for (const publication of room.localParticipant.trackPublications.values()) publication.track?.stop();
    for (const track of opened) track.stop();
    sounds.stopAll();
    mix.close();
  }

  /**
   * Opens a camera or a screen and sends it. LiveKit's own way keeps a device that comes after the end open
   * until its publishing times out, 15 s (LocalParticipant.publishOrRepublishTrack).
   */
  async function send(opening: Promise<LocalTrack[]>) {
    const tracks = await opening;
    const isOver = () => connectionNow() === 'disconnected';
    for (const track of tracks) opened.add(track);
    let isSent = false;
    try {
      if (!isOver()) await Promise.all(tracks.map((track) => room.localParticipant.publishTrack(track)));
      isSent = !isOver();
    } catch (error) {
      if (!isOver()) throw error;
    } finally {
      for (const track of tracks) {
        opened.delete(track);
        if (!isSent) track.stop();
      }
    }
  }

  async function join({ url, token }: MediaAccess) {
    try {
      await room.connect(url, token, {
        maxRetries: 1,
        websocketTimeout: 6000,
        peerConnectionTimeout: 12_000,
      });
    } catch (error) {
      const reason = error instanceof ConnectionError ? error.reason : null;
      own.cause =
        reason === ConnectionErrorReason.Cancelled
          ? causeOf(DisconnectReason.CLIENT_INITIATED)
          : reason === ConnectionErrorReason.NotAllowed
            ? causeOf(DisconnectReason.ROOM_DELETED)
            : causeOf(DisconnectReason.UNKNOWN_REASON);
      stopWatchingPage();
      changed();
      throw new RoomError(own.cause, error instanceof Error ? error.message : 'could not connect');
    }
    if (isClosed) {
      await room.disconnect();
      throw new RoomError('closed', 'left while connecting');
    }
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async connect(access, arrived) {
      hasStarted = true;
      onArrived = arrived ?? null;
      await join(access);
      // Sounds right away where the page may; else AudioPlaybackStatusChanged says so.
      void room.startAudio().catch(() => {});
      if (![...room.remoteParticipants.values()].some((other) => other.isMicrophoneEnabled)) heard();
      changed();
    },
    untilHeard: () => untilHeard,
    holdBack: heldBack.hold,
    release: heldBack.release,
    async listen(access) {
      listening.begin();
      await join(access);
    },
    takePart() {
      hasStarted = true;
      const permitted = listening.takePart();
      void room.startAudio().catch(() => {});
      return permitted;
    },
    async publishMicrophone(track) {
      devices.settle('audioinput');
      await microphone.take(track);
      if (!listening.isListening()) return;
      await listening.takePart();
      await microphone.publishWaiting();
    },
    closeMicrophone: microphone.closeDevice,
    setMicrophone: microphone.set,
    setNoiseFilter: microphone.setFilter,
    async setCamera(isOn) {
      await camera.set(isOn);
      // LiveKit opens the device again to unmute its track, also after this room has closed.
      if (isClosed) releaseDevices();
      devices.settle('videoinput');
      changed();
    },
    async setBackgroundBlur(isChosen) {
      await camera.setBlur(isChosen);
      changed();
    },
    forgetBlurProblem: camera.forgetBlurProblem,
    async setScreen(isOn) {
      const { localParticipant } = room;
      if (isOn && !localParticipant.getTrackPublication(Track.Source.ScreenShare))
        await send(localParticipant.createScreenTracks(screenCaptureOptions(navigator.mediaDevices)));
      else await localParticipant.setScreenShareEnabled(isOn);
      changed();
    },
    async flipCamera() {
      await camera.flip();
      camera.closeMuted();
      changed();
    },
    async switchDevice(kind, id) {
      if (kind === 'videoinput') {
        await camera.choose(id);
        camera.closeMuted();
      } else {
        // The system's own speaker has an empty id (Media Capture and Streams, setSinkId).
        if (!mix.hasEveryVoice) await room.switchActiveDevice(kind, id, false);
        await mix.chooseSpeaker(id);
      }
      devices.settle(kind);
      changed();
    },
    setVolume: sounds.setVolume,
    async startSound() {
      await Promise.all([mix.resume(), room.startAudio()]);
    },
    measureVoices: () => measureVoices(room),
    microphoneTrack: microphone.track,
    close() {
      if (isClosed) return;
      isClosed = true;
      stopWatchingPage();
      releaseDevices();
      listening.end();
      void room.disconnect().catch(() => {});
      changed();
    },
  };
}
