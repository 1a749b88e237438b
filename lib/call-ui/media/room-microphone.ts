import {
  type AudioCaptureOptions,
  LocalAudioTrack,
  type LocalTrackPublication,
  type Participant,
  type Room,
  RoomEvent,
  ConnectionState as State,
  Track,
  type TrackPublication,
} from 'livekit-client';
import { createMicrophoneFilter } from './microphone-filter';
import { SilentTrack } from './silent-track';
import { UntestedMicrophone } from './untested-microphone';
import { watchTalkingWhileMuted } from './voice';

/**
 * The microphone of one room. It waits until LiveKit takes it, is muted without letting the device go,
 * and another can take its place while it is being heard. What the app, LiveKit's own components or the server switch
 * counts as much as what the kit switches.
 *
 * @param noiseFilter null: where the machine carries it
 * @param isHeldBack whether silence is sent in its place (`createHeldBack`)
 * @param changed called when something about it is different
 */
export function createRoomMicrophone(
  room: Room,
  capture: AudioCaptureOptions,
  noiseFilter: boolean | null,
  isHeldBack: () => boolean,
  changed: () => void,
) {
  const filter = createMicrophoneFilter(noiseFilter);
  /** Sent as soon as LiveKit takes it and nothing holds it back. */
  let waiting: MediaStreamTrack | null = null;
  let sent: LocalAudioTrack | null = null;
  let isPublishing = false;
  let isWanted = true;
  let isTalkingWhileMuted = false;
  let isClosed = false;
  let stopEar: (() => void) | null = null;
  let listenedTo: MediaStreamTrack | null = null;

  /** The track of the device itself: a filter's is silent while muted, and goes on when the device is unplugged. */
  const deviceTrack = () => {
    if (isSilence(sent)) return waiting;
    return filter.source() ?? sent?.mediaStreamTrack ?? null;
  };

  /** A tab that only listens may not publish before the person has accepted. */
  const mayPublish = () => room.localParticipant.permissions?.canPublish !== false;

  /** Listens for talk while muted, to the track that is in use now. */
  function applyHandoverMute() {
    const device = sent?.isMuted ? deviceTrack() : null;
    const next = device?.readyState === 'ended' ? null : device;
    if (next === listenedTo) return;
    stopListening();
    if (!next) return;
    listenedTo = next;
    stopEar = watchTalkingWhileMuted(next, (isTalking) => {
      isTalkingWhileMuted = isTalking;
      changed();
    });
  }

  function stopListening() {
    stopEar?.();
    stopEar = null;
    listenedTo = null;
  }

  async function publishWaiting(): Promise<void> {
    const track = waiting;
    if (!track || isClosed || isPublishing || !mayPublish()) return;
    const isHeld = isHeldBack();
    const silence = isHeld && !sent ? SilentTrack.create() : null;
    if (isHeld && !silence) return;
    isPublishing = true;
    try {
      if (silence) await publish(silence);
      else await send(track);
    } finally {
      isPublishing = false;
    }
    if (isClosed) track.stop();
    applyHandoverMute();
    // Another one may have been chosen meanwhile, or silence may be over.
    if (room.state === State.Connected) await publishWaiting();
  }

  async function send(track: MediaStreamTrack) {
    waiting = null;
    if (sent) await replace(sent, track);
    else if (track.readyState !== 'ended') await publish(new UntestedMicrophone(track, capture, false));
  }

  async function replace(mine: LocalAudioTrack, track: MediaStreamTrack) {
    try {
      if (isSilence(mine)) await speak(mine, track);
      else if (track.readyState !== 'ended') await mine.replaceTrack(track, false);
    } catch (error) {
      // While LiveKit connects anew nothing can be replaced: then it is this one's turn again afterwards.
      const isAway = !isClosed && room.state !== State.Connected;
      if (isAway && !waiting) waiting = track;
      else track.stop();
      if (!isClosed && !isAway) throw error;
    }
  }

  async function speak(mine: SilentTrack, track: MediaStreamTrack) {
    await mine.speak(track);
    // Unplugged while it rang, when LiveKit did not watch it: the system's next one takes its place.
    if (track.readyState === 'ended') await mine.restartTrack();
    filter.follow(mine);
  }

  async function publish(mine: LocalAudioTrack) {
    sent = mine;
    try {
      // LiveKit switches a new track on, whatever it was before.
      if (!isWanted) await mine.mute();
      // @ts-expect-error livekit-client's own types disagree under exactOptionalPropertyTypes (LocalTrack.processor)
      await room.localParticipant.publishTrack(mine, { source: Track.Source.Microphone });
      if (!isSilence(mine)) filter.follow(mine);
    } catch (error) {
      mine.stop();
      if (sent === mine) sent = null;
      changed();
      if (!isClosed) throw error;
    }
  }

  const isMicrophone = ({ source }: TrackPublication) => source === Track.Source.Microphone;

  /** A microphone that was not published here takes the place of the one before. */
  function adopt(publication: LocalTrackPublication) {
    const { track } = publication;
    if (!isMicrophone(publication) || !(track instanceof LocalAudioTrack) || track === sent) return;
    const publications = [...room.localParticipant.audioTrackPublications.values()];
    const before = publications.find((one) => one.track === sent)?.track;
    sent = track;
    isWanted = !track.isMuted;
    waiting?.stop();
    waiting = null;
    if (before) void room.localParticipant.unpublishTrack(before).catch(() => {});
    filter.follow(track);
    applyHandoverMute();
  }

  function forget(publication: LocalTrackPublication) {
    const { track } = publication;
    // LiveKit unpublishes everything right before it reports a disconnect, and while it connects anew.
    queueMicrotask(() => {
      if (!sent || track !== sent || room.state !== State.Connected) return;
      if (room.localParticipant.getTrackPublication(Track.Source.Microphone)?.track === sent) return;
      sent = null;
      applyHandoverMute();
      changed();
    });
  }

  function followMute(publication: TrackPublication, participant: Participant) {
    if (!participant.isLocal || !isMicrophone(publication) || publication.track !== sent) return;
    isWanted = !publication.isMuted;
    if (waiting) waiting.enabled = isWanted;
    applyHandoverMute();
  }

  room.on(RoomEvent.LocalTrackPublished, adopt);
  room.on(RoomEvent.LocalTrackUnpublished, forget);
  room.on(RoomEvent.TrackMuted, followMute);
  room.on(RoomEvent.TrackUnmuted, followMute);

  return {
    isThere: () => sent !== null || waiting !== null,
    isOn: () => (sent ? !sent.isMuted : waiting !== null && isWanted),
    isTalkingWhileMuted: () => isTalkingWhileMuted,
    track: () => deviceTrack() ?? waiting,
    setFilter: filter.choose,
    publishWaiting,
    /** Sends this one from here on; the one before is let go. */
    async take(track: MediaStreamTrack) {
      if (isClosed) {
        track.stop();
        return;
      }
      waiting?.stop();
      waiting = track;
      track.enabled = isWanted;
      changed();
      if (room.state === State.Connected) await publishWaiting();
      changed();
    },
    closeDevice() {
      // The clone that listens for speech while muted would keep the device open.
      stopListening();
      deviceTrack()?.stop();
    },
    async set(isOn: boolean) {
      isWanted = isOn;
      if (waiting) waiting.enabled = isOn;
      if (sent) await (isOn ? sent.unmute() : sent.mute());
      applyHandoverMute();
      changed();
    },
    close() {
      isClosed = true;
      stopListening();
      waiting?.stop();
      waiting = null;
      filter.close();
      sent?.stop();
    },
  };
}

const isSilence = (track: LocalAudioTrack | null): track is SilentTrack =>
  track instanceof SilentTrack && track.isSilent;
