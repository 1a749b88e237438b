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
function connectedRoom() {
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
  const microphone = createRoomMicrophone(room, {}, false, () => {});
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
