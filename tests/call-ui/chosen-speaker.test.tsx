import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changePreferences } from '@/lib/call-ui/preferences';
import { createCallSound } from '@/lib/call-ui/sound/call-sound';
import { ringback, ringtones } from '@/lib/call-ui/sound/tones';
import { fakeAudio } from './support/audio';
import { createLocks } from './support/tabs';

const headset = 'headset';
let plugged = new Set<string>();
let devices = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  plugged = new Set([headset]);
  devices = new EventTarget();
  const enumerateDevices = async () =>
    [...plugged].map((deviceId) => ({ kind: 'audiooutput', deviceId, label: deviceId, groupId: '' }));
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: Object.assign(devices, { enumerateDevices }),
  });
});
afterEach(() => {
  Reflect.deleteProperty(navigator, 'mediaDevices');
  localStorage.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A page that makes sounds, on a browser of this kind. */
function tab(kind?: Parameters<typeof fakeAudio>[1]) {
  const { heard, globals } = fakeAudio(plugged, kind);
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  const sound = createCallSound(createLocks());
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  /** The speakers that were heard since the last look, each once. */
  const speakers = () => [...new Set(heard.splice(0).map(({ speakerId }) => speakerId))];
  return { sound, settle, speakers };
}

const plug = (...ids: string[]) => {
  plugged.clear();
  for (const id of ids) plugged.add(id);
  devices.dispatchEvent(new Event('devicechange'));
};

for (const kind of ['context', 'element'] as const) {
  const browser = kind === 'context' ? 'Chrome' : 'Firefox';

  test(`${browser}: every sound of the kit comes out of the chosen speaker`, async () => {
    changePreferences({ speakerId: headset });
    const { sound, settle, speakers } = tab(kind);
    for (const wanted of ['ringtone', 'soft-tone', 'ringback'] as const) {
      sound.want(wanted, ['ring_1']);
      await settle();
      expect(speakers(), wanted).toEqual([headset]);
    }
    sound.want(null);
    const stop = sound.play('ringtone');
    await settle();
    expect(speakers(), 'the ringtone in Settings').toEqual([headset]);
    stop();
    void sound.testSpeaker();
    await settle();
    expect(speakers(), 'the speaker test').toEqual([headset]);
    sound.close();
  });

  test(`${browser}: a ring goes on from the speaker that is chosen meanwhile`, async () => {
    const { sound, settle, speakers } = tab(kind);
    sound.want('ringtone', ['ring_1']);
    await settle();
    expect(speakers()).toEqual(['']);
    changePreferences({ speakerId: headset });
    await settle(ringtones.pebbles.everySeconds * 1000);
    expect(speakers()).toEqual([headset]);
    changePreferences({ speakerId: '' });
    await settle(ringtones.pebbles.everySeconds * 1000);
    expect(speakers()).toEqual(['']);
    sound.close();
  });

  test(`${browser}: a speaker that was unplugged is replaced by the system’s, until it is plugged in again`, async () => {
    changePreferences({ speakerId: headset });
    plug();
    const { sound, settle, speakers } = tab(kind);
    sound.want('ringback');
    await settle();
    expect(speakers()).toEqual(['']);
    plug(headset);
    await settle(ringback.everySeconds * 1000);
    expect(speakers()).toEqual([headset]);
    plug('other');
    await settle(ringback.everySeconds * 1000);
    expect(speakers()).toEqual(['']);
    sound.close();
  });
}

test('a browser without a choice of speakers rings all the same', async () => {
  changePreferences({ speakerId: headset });
  const { sound, settle, speakers } = tab('none');
  sound.want('ringtone', ['ring_1']);
  await settle();
  expect(speakers()).toEqual(['']);
  void sound.testSpeaker();
  await settle();
  expect(speakers()).toEqual(['']);
  sound.close();
});

test('a browser that is slow to change the speaker delays a ring by 300 ms and no more', async () => {
  changePreferences({ speakerId: headset });
  const { sound, settle, speakers } = tab();
  vi.stubGlobal(
    'AudioContext',
    class extends AudioContext {
      setSinkId = () => new Promise(() => {});
    },
  );
  sound.want('soft-tone', ['ring_1']);
  await settle(299);
  expect(speakers()).toEqual([]);
  await settle(1);
  expect(speakers()).toEqual(['']);
  sound.close();
});
