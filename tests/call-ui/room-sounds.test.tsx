import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRoomSounds } from '@/lib/call-ui/media/room-sounds';
import { Microphone, roomWith, ScreenShareAudio, soundOf, stubMedia } from './support/livekit-tracks';

beforeEach(() => {
  vi.useFakeTimers();
  stubMedia();
});
afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** How loud each sound of a person is in this page, in the order they came. */
const volumesOf = (userId: string) =>
  [...document.querySelectorAll<HTMLAudioElement>(`audio[data-call-audio="${userId}"]`)].map(
    ({ volume, muted }) => (muted ? 0 : volume),
  );

test('a person’s volume counts for their voice and for the sound of their shared screen', () => {
  const sounds = createRoomSounds(roomWith('user_bob.phone', 'user_carol.desk'));
  sounds.play(soundOf(Microphone), 'user_bob.phone');
  sounds.play(soundOf(ScreenShareAudio), 'user_bob.phone');
  sounds.play(soundOf(Microphone), 'user_carol.desk');
  sounds.setVolume('user_bob', 0);
  expect(volumesOf('user_bob')).toEqual([0, 0]);
  expect(volumesOf('user_carol')).toEqual([1]);
  sounds.setVolume('user_bob', 40);
  expect(volumesOf('user_bob')).toEqual([0.4, 0.4]);
});

test('a screen that is shared later, and a voice that comes back, are as loud as was chosen before', () => {
  const sounds = createRoomSounds(roomWith('user_bob.phone'));
  const voice = soundOf(Microphone);
  sounds.play(voice, 'user_bob.phone');
  sounds.setVolume('user_bob', 0);
  sounds.play(soundOf(ScreenShareAudio), 'user_bob.phone');
  expect(volumesOf('user_bob')).toEqual([0, 0]);
  sounds.stop(voice);
  sounds.play(soundOf(Microphone), 'user_bob.phone');
  expect(volumesOf('user_bob')).toEqual([0, 0]);
  sounds.setVolume('user_bob', 100);
  expect(volumesOf('user_bob')).toEqual([1, 1]);
});

test('while a call moves, the old device is silent once the new one is heard, also after sound was switched on', async () => {
  const room = roomWith('user_bob.phone', 'user_bob.desk');
  const sounds = createRoomSounds(room);
  sounds.setVolume('user_bob', 50);
  sounds.play(soundOf(Microphone), 'user_bob.phone');
  sounds.play(soundOf(Microphone), 'user_bob.desk');
  expect(volumesOf('user_bob')).toEqual([0.5, 0.5]);
  await vi.advanceTimersByTimeAsync(250);
  expect(volumesOf('user_bob')).toEqual([0, 0.5]);
  // LiveKit's startAudio lifts `muted` from every element.
  for (const element of document.querySelectorAll('audio')) element.muted = false;
  expect(volumesOf('user_bob')).toEqual([0, 0.5]);
});
