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

/** Web Audio whose gains can be read: one for each voice that is connected. */
function mixed() {
  const gains = new Set<{ loudness: number }>();
  const context = {
    state: 'running',
    destination: {},
    createMediaStreamSource: () => ({ connect: () => {}, disconnect: () => {} }),
    createGain() {
      const voice = { loudness: 1 };
      gains.add(voice);
      const gain = {
        setTargetAtTime(value: number) {
          voice.loudness = value;
        },
      };
      return { gain, connect: () => {}, disconnect: () => gains.delete(voice) };
    },
  };
  return {
    mix: { hasEveryVoice: false, context: () => context as unknown as AudioContext },
    loudness: () => [...gains].map(({ loudness }) => loudness),
  };
}

/** The browser has begun to play every element. */
function playing() {
  for (const element of document.querySelectorAll('audio')) element.dispatchEvent(new Event('playing'));
}

const soundsOf = (...identities: string[]) => createRoomSounds(roomWith(...identities), mixed().mix);

test('a person’s volume counts for their voice alone, and their screen has its own', () => {
  const sounds = soundsOf('user_bob.phone', 'user_carol.desk');
  sounds.play(soundOf(Microphone), 'user_bob.phone');
  sounds.play(soundOf(ScreenShareAudio), 'user_bob.phone');
  sounds.play(soundOf(Microphone), 'user_carol.desk');
  sounds.setVolume('user_bob', 'voice', 0);
  expect(volumesOf('user_bob')).toEqual([0, 1]);
  expect(volumesOf('user_carol')).toEqual([1]);
  sounds.setVolume('user_bob', 'screen', 40);
  expect(volumesOf('user_bob')).toEqual([0, 0.4]);
});

test('a screen that is shared later, and a voice that comes back, are as loud as was chosen before', () => {
  const sounds = soundsOf('user_bob.phone');
  const voice = soundOf(Microphone);
  sounds.play(voice, 'user_bob.phone');
  sounds.setVolume('user_bob', 'voice', 0);
  sounds.setVolume('user_bob', 'screen', 20);
  sounds.play(soundOf(ScreenShareAudio), 'user_bob.phone');
  expect(volumesOf('user_bob')).toEqual([0, 0.2]);
  sounds.stop(voice);
  sounds.play(soundOf(Microphone), 'user_bob.phone');
  expect(volumesOf('user_bob')).toEqual([0.2, 0]);
});

test('above 100 % Web Audio plays a voice and its element is silent; below, the element plays it again', () => {
  const { mix, loudness } = mixed();
  const sounds = createRoomSounds(roomWith('user_bob.phone', 'user_carol.desk'), mix);
  sounds.play(soundOf(Microphone), 'user_bob.phone');
  sounds.play(soundOf(Microphone), 'user_carol.desk');
  sounds.setVolume('user_bob', 'voice', 200);
  expect([volumesOf('user_bob'), loudness()]).toEqual([[1], []]);
  playing();
  expect(volumesOf('user_bob')).toEqual([0]);
  expect(loudness()).toEqual([2]);
  expect(volumesOf('user_carol')).toEqual([1]);
  sounds.setVolume('user_bob', 'voice', 120);
  expect(loudness()).toEqual([1.2]);
  sounds.setVolume('user_bob', 'voice', 60);
  expect(loudness()).toEqual([]);
  expect(volumesOf('user_bob')).toEqual([0.6]);
});

test('while a call moves, a voice above 100 % is heard from one device, too', async () => {
  const { mix, loudness } = mixed();
  const sounds = createRoomSounds(roomWith('user_bob.phone', 'user_bob.desk'), mix);
  sounds.setVolume('user_bob', 'voice', 150);
  sounds.play(soundOf(Microphone), 'user_bob.phone');
  sounds.play(soundOf(Microphone), 'user_bob.desk');
  playing();
  await vi.advanceTimersByTimeAsync(250);
  expect(loudness()).toEqual([1.5]);
  expect(volumesOf('user_bob')).toEqual([0, 0]);
});

test('while a call moves, the old device is silent once the new one is heard, also after sound was switched on', async () => {
  const room = roomWith('user_bob.phone', 'user_bob.desk');
  const sounds = createRoomSounds(room, mixed().mix);
  sounds.setVolume('user_bob', 'voice', 50);
  sounds.play(soundOf(Microphone), 'user_bob.phone');
  sounds.play(soundOf(Microphone), 'user_bob.desk');
  expect(volumesOf('user_bob')).toEqual([0.5, 0.5]);
  await vi.advanceTimersByTimeAsync(250);
  expect(volumesOf('user_bob')).toEqual([0, 0.5]);
  // LiveKit's startAudio lifts `muted` from every element.
  for (const element of document.querySelectorAll('audio')) element.muted = false;
  expect(volumesOf('user_bob')).toEqual([0, 0.5]);
});

test('what is hushed plays without a sound, whatever is chosen, and is heard as chosen afterwards', () => {
  let isHushed = true;
  const sounds = createRoomSounds(roomWith('user_bob.phone'), mixed().mix, { isHushed: () => isHushed });
  sounds.play(soundOf(Microphone), 'user_bob.phone');
  sounds.setVolume('user_bob', 'voice', 60);
  const [element] = document.querySelectorAll('audio');
  expect([volumesOf('user_bob'), element?.muted]).toEqual([[0], true]);
  isHushed = false;
  sounds.unhush();
  expect([volumesOf('user_bob'), element?.muted]).toEqual([[0.6], false]);
  sounds.stopAll();
});
