import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCallSound } from '@/lib/call-ui/sound/call-sound';
import { ringback, ringtones, softTone } from '@/lib/call-ui/sound/tones';
import { fakeAudio } from './support/audio';
import { createLocks } from './support/tabs';

let audio = fakeAudio();
/** The notes that all tabs of the browser have struck so far, in Hz. */
const struck = () => audio.heard.map(({ hz }) => hz);

beforeEach(() => {
  vi.useFakeTimers();
  audio = fakeAudio();
  for (const [name, value] of Object.entries(audio.globals)) vi.stubGlobal(name, value);
  vi.stubGlobal('localStorage', undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const soft = softTone.notes.map((note) => note.hz);
const tune = ringtones.pebbles.notes.map((note) => note.hz);
const settle = () => vi.advanceTimersByTimeAsync(0);

test('two rings at once play one tune, which goes on when one of them ends', async () => {
  const sound = createCallSound(createLocks());
  sound.want('ringtone', ['ring_1']);
  await settle();
  sound.want('ringtone', ['ring_1', 'ring_2']);
  await settle();
  expect(struck()).toEqual(tune);
  sound.want('ringtone', ['ring_2']);
  await vi.advanceTimersByTimeAsync(ringtones.pebbles.everySeconds * 1000);
  expect(struck()).toEqual([...tune, ...tune]);
});

test('during a call every new ring plays its one soft tone, also while another still rings', async () => {
  const sound = createCallSound(createLocks());
  sound.want('soft-tone', ['ring_1']);
  sound.want('soft-tone', ['ring_1']);
  await settle();
  expect(struck()).toEqual(soft);
  sound.want('soft-tone', ['ring_1', 'ring_2']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(struck()).toEqual([...soft, ...soft]);
  sound.want('soft-tone', ['ring_1']);
  await settle();
  expect(struck()).toHaveLength(2 * soft.length);
});

test('the caller hears ringback in their own tab, again and again until it stops', async () => {
  const sound = createCallSound(createLocks());
  sound.want('ringback');
  await vi.advanceTimersByTimeAsync(ringback.everySeconds * 1000);
  sound.want(null);
  await vi.advanceTimersByTimeAsync(60_000);
  const tone = ringback.notes.map((note) => note.hz);
  expect(struck()).toEqual([...tone, ...tone]);
});

test('of all tabs one makes the sound, and another goes on when that one closes', async () => {
  const locks = createLocks();
  const [first, second] = [createCallSound(locks), createCallSound(locks)];
  for (const tab of [first, second]) tab.want('soft-tone', ['ring_1']);
  await settle();
  for (const tab of [first, second]) tab.want('soft-tone', ['ring_1', 'ring_2']);
  await settle();
  expect(struck()).toEqual([...soft, ...soft]);
  for (const tab of [first, second]) tab.want(null);
  audio.heard.length = 0;
  for (const tab of [first, second]) tab.want('ringtone', ['ring_3']);
  await settle();
  first.close();
  await settle();
  expect(struck()).toEqual([...tune, ...tune]);
});

test('sound output is off between sounds, and on again for the next', async () => {
  const sound = createCallSound(createLocks());
  sound.want('ringtone', ['ring_1']);
  await vi.advanceTimersByTimeAsync(5000);
  expect(audio.running()).toBe(1);
  sound.want(null);
  await vi.advanceTimersByTimeAsync(3000);
  expect(audio.running()).toBe(0);
  audio.heard.length = 0;
  sound.want('ringtone', ['ring_2']);
  await settle();
  expect(struck()).toEqual(tune);
  sound.want(null);
  void sound.testSpeaker();
  await settle();
  expect(audio.running()).toBe(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(audio.running()).toBe(0);
});

test('a ring that comes while sound output is being switched off is heard', async () => {
  const sound = createCallSound(createLocks());
  sound.want('ringtone', ['ring_1']);
  await settle();
  sound.want(null);
  // Not asynchronous: what the timer has started is still under way.
  vi.advanceTimersByTime(3000);
  audio.heard.length = 0;
  sound.want('ringtone', ['ring_2']);
  await settle();
  expect(struck()).toEqual(tune);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(audio.running()).toBe(1);
});

test('a tab that has waited in silence for its turn to ring is heard when the other closes', async () => {
  const locks = createLocks();
  const [first, second] = [createCallSound(locks), createCallSound(locks)];
  for (const tab of [first, second]) tab.want('ringtone', ['ring_1']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(audio.running()).toBe(1);
  audio.heard.length = 0;
  first.close();
  await settle();
  expect(struck()).toEqual(tune);
});
