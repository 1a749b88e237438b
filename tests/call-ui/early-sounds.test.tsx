import { ConnectionState, type RemoteParticipant, type Room, type Track } from 'livekit-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRoomSounds } from '@/lib/call-ui/media/room-sounds';
import { Microphone, roomWith, ScreenShareAudio, soundOf, stubMedia } from './support/livekit-tracks';

beforeEach(stubMedia);
afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const mix = { hasEveryVoice: false, context: () => ({}) as AudioContext };
const elements = () => [...document.querySelectorAll('audio')];

/** A room that connects, in which this person sends what the test lets arrive. */
function connecting(identity: string, source: Track.Source = Microphone) {
  const room = roomWith();
  room.state = ConnectionState.Connecting;
  room.localParticipant.identity = 'user_alice.desk';
  const sound = soundOf(source);
  const publication = { trackSid: 'TR_1', source };
  const from = {
    identity,
    sid: 'PA_1',
    getTrackPublications: () => [publication],
    addSubscribedMediaTrack: () => undefined,
  };
  room.remoteParticipants.set(identity, from as unknown as RemoteParticipant);
  vi.spyOn(room.engine, 'getTrackIdForReceiver').mockReturnValue('TR_1');
  return { room, sound };
}

const arrive = (room: Room, track: MediaStreamTrack, sid = 'PA_1') =>
  room.engine.emit(
    'mediaTrackAdded',
    track,
    { id: `${sid}|x`, getTracks: () => [track] } as unknown as MediaStream,
    {} as RTCRtpReceiver,
  );

test('a voice is played as it arrives, and goes on in the same element once LiveKit hands it out', () => {
  const { room, sound } = connecting('user_bob.phone');
  const sounds = createRoomSounds(room, mix);
  sounds.setVolume('user_bob', 'voice', 30);
  arrive(room, sound.mediaStreamTrack);
  const [element] = elements();
  expect([element?.autoplay, element?.volume]).toEqual([true, 0.3]);
  sounds.play(sound, 'user_bob.phone');
  expect(elements()).toEqual([element]);
  expect([sound.attachedElements, element?.volume]).toEqual([[element], 0.3]);
});

test('a shared screen has its own volume from its first sound on', () => {
  const { room, sound } = connecting('user_bob.phone', ScreenShareAudio);
  createRoomSounds(room, mix).setVolume('user_bob', 'screen', 0);
  arrive(room, sound.mediaStreamTrack);
  expect(elements().map(({ volume }) => volume)).toEqual([0]);
});

test('my other device, an unknown sender and what comes once connected are not played early', () => {
  const mine = connecting('user_alice.phone');
  createRoomSounds(mine.room, mix);
  arrive(mine.room, mine.sound.mediaStreamTrack);
  const { room, sound } = connecting('user_bob.phone');
  createRoomSounds(room, mix);
  arrive(room, sound.mediaStreamTrack, 'PA_2');
  room.state = ConnectionState.Connected;
  arrive(room, sound.mediaStreamTrack);
  expect(elements()).toEqual([]);
});

test('where Web Audio plays every voice, no element does', () => {
  const { room, sound } = connecting('user_bob.phone');
  createRoomSounds(room, { ...mix, hasEveryVoice: true });
  arrive(room, sound.mediaStreamTrack);
  expect(elements()).toEqual([]);
});

test('a call that ends while it connects falls silent', () => {
  const { room, sound } = connecting('user_bob.phone');
  const sounds = createRoomSounds(room, mix);
  arrive(room, sound.mediaStreamTrack);
  const [element] = elements();
  sounds.stopAll();
  expect([elements(), element?.srcObject]).toEqual([[], null]);
});
