import { LocalAudioTrack, type LocalTrackPublication, type Room, RoomEvent } from 'livekit-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRoomMicrophone } from '@/lib/call-ui/media/room-microphone';
import { Microphone, roomWith, streamTrack, stubMedia } from './support/livekit-tracks';

beforeEach(stubMedia);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A connected room whose server takes everything at once; what is withdrawn is in `withdrawn`. */
function connectedRoom(isHeldBack = () => false) {
  const room = roomWith();
  const self = room.localParticipant;
  const withdrawn: unknown[] = [];
  Reflect.set(room, 'state', 'connected');
  vi.spyOn(self, 'publishTrack').mockImplementation(async (track) => publish(room, track as LocalAudioTrack));
  vi.spyOn(self, 'unpublishTrack').mockImplementation(async (track) => {
    withdrawn.push(track);
    for (const [sid, publication] of self.audioTrackPublications)
      if (publication.track === track) {
        self.audioTrackPublications.delete(sid);
        self.trackPublications.delete(sid);
        room.emit(RoomEvent.LocalTrackUnpublished, publication, self);
      }
    return undefined;
  });
  const microphone = createRoomMicrophone(room, {}, false, isHeldBack, () => {});
  return { room, microphone, withdrawn };
}

/** What LiveKit does when an app or its own toggle publishes a microphone. */
function publish(room: Room, track: LocalAudioTrack): LocalTrackPublication {
  track.source = Microphone;
  const sid = `TR_${room.localParticipant.audioTrackPublications.size}${Math.random()}`;
  const publication = {
    source: Microphone,
    track,
    get isMuted() {
      return track.isMuted;
    },
  } as unknown as LocalTrackPublication;
  room.localParticipant.audioTrackPublications.set(sid, publication);
  room.localParticipant.trackPublications.set(sid, publication);
  room.emit(RoomEvent.LocalTrackPublished, publication, room.localParticipant);
  return publication;
}

const liveKitTrack = () => new LocalAudioTrack(streamTrack('audio'), {}, false);
const settled = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

test('a microphone that LiveKit’s own toggle publishes is the call’s, and is muted as that', async () => {
  const { room, microphone } = connectedRoom();
  expect(microphone.isThere()).toBe(false);
  const track = liveKitTrack();
  publish(room, track);
  expect([microphone.isThere(), microphone.isOn()]).toEqual([true, true]);
  await microphone.set(false);
  expect([track.isMuted, microphone.isOn()]).toEqual([true, false]);
});

test('of two microphones the last that is published stays, and the other is withdrawn', async () => {
  const { room, microphone, withdrawn } = connectedRoom();
  await microphone.take(streamTrack('audio'));
  const own = [...room.localParticipant.audioTrackPublications.values()][0]?.track;
  const track = liveKitTrack();
  publish(room, track);
  await settled();
  expect(withdrawn).toEqual([own]);
  expect(room.localParticipant.audioTrackPublications.size).toBe(1);
  expect(microphone.isThere()).toBe(true);
  expect(microphone.track()).toBe(track.mediaStreamTrack);
});

test('a microphone that the app withdraws is not there any more; one that a disconnect withdraws is', async () => {
  const { room, microphone } = connectedRoom();
  await microphone.take(streamTrack('audio'));
  const [own] = room.localParticipant.audioTrackPublications.values();
  if (!own?.track) throw new Error('it is published');
  await room.localParticipant.unpublishTrack(own.track.mediaStreamTrack);
  expect(microphone.isThere()).toBe(true);

  const track = liveKitTrack();
  publish(room, track);
  Reflect.set(room, 'state', 'reconnecting');
  room.emit(RoomEvent.LocalTrackUnpublished, own, room.localParticipant);
  await settled();
  expect(microphone.isThere()).toBe(true);

  Reflect.set(room, 'state', 'connected');
  const [now] = [...room.localParticipant.audioTrackPublications].filter(([, one]) => one.track === track);
  if (!now) throw new Error('it is published');
  room.localParticipant.audioTrackPublications.delete(now[0]);
  room.localParticipant.trackPublications.delete(now[0]);
  room.emit(RoomEvent.LocalTrackUnpublished, now[1], room.localParticipant);
  await settled();
  expect([microphone.isThere(), microphone.isOn()]).toEqual([false, false]);
});

test('a microphone that was muted outside the kit stays muted when another one takes its place', async () => {
  const { room, microphone } = connectedRoom();
  await microphone.take(streamTrack('audio'));
  const [own] = room.localParticipant.audioTrackPublications.values();
  if (!(own?.track instanceof LocalAudioTrack)) throw new Error('it is published');
  own.track.sender = { replaceTrack: async () => {} } as unknown as RTCRtpSender;
  await own.track.mute();
  room.emit(RoomEvent.TrackMuted, own, room.localParticipant);
  expect(microphone.isOn()).toBe(false);
  const other = streamTrack('audio');
  await microphone.take(other);
  expect(other.enabled).toBe(false);
  expect(microphone.isOn()).toBe(false);
});

const sender = (sent: MediaStreamTrack[]) =>
  ({ replaceTrack: async (track: MediaStreamTrack) => void sent.push(track) }) as unknown as RTCRtpSender;

/** A caller whose microphone is held back, and the tracks that the sender was given since. */
async function heldBack() {
  const silence = streamTrack('audio', 'silence');
  const closed = vi.fn(async () => {});
  vi.stubGlobal(
    'AudioContext',
    class {
      createMediaStreamDestination = () => ({ stream: { getAudioTracks: () => [silence] } });
      // LiveKit listens for a moment to what it publishes.
      createAnalyser = () => ({
        ...{ fftSize: 1, frequencyBinCount: 0 },
        ...{ getByteTimeDomainData: () => {}, getFloatTimeDomainData: () => {}, disconnect: () => {} },
      });
      createMediaStreamSource = () => ({ connect: () => {}, disconnect: () => {} });
      close = closed;
    },
  );
  vi.stubGlobal(
    'ConstantSourceNode',
    class {
      connect = () => {};
      start = () => {};
    },
  );
  let isHeld = true;
  const world = connectedRoom(() => isHeld);
  const real = streamTrack('audio', 'microphone');
  await world.microphone.take(real);
  const [published] = [...world.room.localParticipant.audioTrackPublications.values()].map(
    ({ track }) => track,
  );
  if (!(published instanceof LocalAudioTrack)) throw new Error('silence is published');
  const sent: MediaStreamTrack[] = [];
  published.sender = sender(sent);
  const release = async () => {
    isHeld = false;
    await world.microphone.publishWaiting();
  };
  return { ...world, real, silence, published, sent, release, closed };
}

test('a microphone that is held back is sent as silence, counts as on, and its meter shows the real one', async () => {
  const { microphone, published, real, silence } = await heldBack();
  expect(published.mediaStreamTrack).toBe(silence);
  expect([microphone.isThere(), microphone.isOn(), microphone.isTalkingWhileMuted()]).toEqual([
    true,
    true,
    false,
  ]);
  expect(microphone.track()).toBe(real);
});

test('once nothing holds it back the real one takes the place of silence at once, in the same publication', async () => {
  const { room, microphone, published, real, silence, sent, release, closed } = await heldBack();
  const released = release();
  expect(sent).toEqual([real]);
  await released;
  expect(new Set(sent)).toEqual(new Set([real]));
  expect([published.mediaStreamTrack, real.enabled, silence.readyState]).toEqual([real, true, 'ended']);
  expect(room.localParticipant.audioTrackPublications.size).toBe(1);
  expect(closed).toHaveBeenCalled();
  expect(microphone.isOn()).toBe(true);
});

test('who mutes while it rings, with the kit or with LiveKit, stays muted', async () => {
  const { microphone, real, sent, release, published } = await heldBack();
  await microphone.set(false);
  await release();
  expect(sent.at(-1)).toBe(real);
  expect([real.enabled, published.isMuted, microphone.isOn()]).toEqual([false, true, false]);

  const other = await heldBack();
  await other.published.mute();
  const [publication] = other.room.localParticipant.audioTrackPublications.values();
  if (publication) other.room.emit(RoomEvent.TrackMuted, publication, other.room.localParticipant);
  expect(other.real.enabled).toBe(false);
  await other.release();
  expect([other.real.enabled, other.microphone.isOn()]).toEqual([false, false]);
});

test('nothing opens the real microphone in the place of silence: no unmuting, and no other device', async () => {
  const { microphone, published, silence, sent } = await heldBack();
  const getUserMedia = vi.fn();
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  await microphone.set(false);
  await published.setDeviceId('another');
  await microphone.set(true);
  await published.restartTrack();
  expect(getUserMedia).not.toHaveBeenCalled();
  expect([published.mediaStreamTrack, sent]).toEqual([silence, []]);
});

test('another microphone that is chosen meanwhile waits in its place', async () => {
  const { microphone, real, sent, release } = await heldBack();
  const other = streamTrack('audio', 'another');
  await microphone.take(other);
  expect([real.readyState, sent]).toEqual(['ended', []]);
  await release();
  expect(new Set(sent)).toEqual(new Set([other]));
});

test('a tab that may not publish keeps its microphone until it may', async () => {
  const { room, microphone } = connectedRoom();
  Object.defineProperty(room.localParticipant, 'permissions', {
    configurable: true,
    value: { canPublish: false },
  });
  await microphone.take(streamTrack('audio'));
  expect(room.localParticipant.audioTrackPublications.size).toBe(0);
  Object.defineProperty(room.localParticipant, 'permissions', {
    configurable: true,
    value: { canPublish: true },
  });
  await microphone.publishWaiting();
  expect(room.localParticipant.audioTrackPublications.size).toBe(1);
});
