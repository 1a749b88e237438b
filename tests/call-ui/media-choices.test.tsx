import { afterEach, expect, test, vi } from 'vitest';
import { createAudioMix } from '@/lib/call-ui/media/audio-mix';
import { screenCaptureOptions } from '@/lib/call-ui/media/screen-capture';
import { isUserFacing } from '@/lib/call-ui/media/user-facing';
import { fakeAudio } from './support/audio';
import { streamTrack } from './support/livekit-tracks';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const webKit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const browsers = {
  'Safari on an iPhone': `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webKit} Version/18.5 Mobile/15E148 Safari/604.1`,
  'Chrome on an iPhone': `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webKit} CriOS/140.0.7339.122 Mobile/15E148 Safari/604.1`,
  'Safari on an iPad': `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Version/18.5 Safari/605.1.15`,
  'Chrome on Windows':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Chrome on Android':
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
  Firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};

function browse(browser: keyof typeof browsers, ...audio: Parameters<typeof fakeAudio>) {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(browsers[browser]);
  const { heard, globals } = fakeAudio(...audio);
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  return heard;
}

test('voices are mixed by Web Audio where an element’s volume or speaker can’t be set, and nowhere else', () => {
  const mixes = Object.keys(browsers).filter((browser) => {
    browse(browser as keyof typeof browsers);
    return createAudioMix('').hasEveryVoice;
  });
  expect(mixes).toEqual(['Safari on an iPhone', 'Chrome on an iPhone', 'Safari on an iPad']);
});

test('what LiveKit connects to the mix comes out of the chosen speaker', async () => {
  const heard = browse('Safari on an iPhone', new Set(['earpiece']), 'element');
  const mix = createAudioMix('earpiece');
  const sound = () => {
    const voice = mix.context().createOscillator();
    voice.connect(mix.context().destination);
    voice.start();
    return heard.at(-1)?.speakerId;
  };
  await vi.waitFor(() => expect(sound()).toBe('earpiece'));
  await mix.chooseSpeaker('');
  expect(sound()).toBe('');
  await expect(mix.chooseSpeaker('unplugged')).rejects.toThrow('gone');
  expect(sound()).toBe('');
  await mix.chooseSpeaker('earpiece');
  expect(sound()).toBe('earpiece');
});

test('a mix that is created after the speaker was chosen comes out of that speaker', async () => {
  const heard = browse('Chrome on Windows', new Set(['desk', 'headphones']));
  const mix = createAudioMix('desk');
  await mix.chooseSpeaker('headphones');
  const sound = () => {
    const voice = mix.context().createOscillator();
    voice.connect(mix.context().destination);
    voice.start();
    return heard.at(-1)?.speakerId;
  };
  await vi.waitFor(() => expect(sound()).toBe('headphones'));
  await mix.chooseSpeaker('desk');
  expect(sound()).toBe('desk');
});

test('a shared screen’s sound leaves out the voices of the call, or the system’s sound is not asked for', () => {
  const asked = (...supported: string[]) =>
    screenCaptureOptions({
      getSupportedConstraints: () => Object.fromEntries(supported.map((name) => [name, true])),
    } as unknown as MediaDevices);
  expect(asked('echoCancellation', 'restrictOwnAudio')).toEqual({
    audio: { restrictOwnAudio: true },
    systemAudio: 'include',
    selfBrowserSurface: 'exclude',
  });
  expect(asked('echoCancellation')).toEqual({
    audio: true,
    systemAudio: 'exclude',
    selfBrowserSurface: 'exclude',
  });
});

test('only a camera that looks at the person counts as one', () => {
  const facing = (label: string, facingMode?: string) =>
    isUserFacing(streamTrack('video', label, facingMode));
  expect(facing('camera2 1, facing front', 'user')).toBe(true);
  expect(facing('camera2 0, facing back', 'environment')).toBe(false);
  expect(facing('Side camera', 'left')).toBe(false);
  // Browsers that say nothing of it.
  expect(facing('HD Webcam')).toBe(true);
  expect(facing('Backlight webcam')).toBe(true);
  expect(facing('camera2 0, facing back')).toBe(false);
  expect(facing('Microsoft Camera Rear')).toBe(false);
});
