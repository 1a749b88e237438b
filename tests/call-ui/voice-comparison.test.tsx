import { useVoiceComparison } from '@parley/call-kit';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changePreferences } from '@/lib/call-ui/preferences';

const sample = { before: new Blob(['before']), after: new Blob(['after']) };
vi.mock('@/lib/call-ui/media/record-voice', () => ({ recordVoice: async () => ({ sample }) }));

/** Elements as browsers have them: `play` waits for the first sound, and is rejected when it is paused before. */
class Played {
  onended: (() => void) | null = null;
  state: 'new' | 'waiting' | 'playing' | 'paused' = 'new';
  begin = () => {};
  refuse = (_reason: DOMException) => {};
  useSpeaker = () => {};
  setSinkId = () =>
    new Promise<void>((resolve) => {
      this.useSpeaker = resolve;
    });
  constructor(readonly address: string) {
    elements.push(this);
  }
  play() {
    this.state = 'waiting';
    return new Promise<void>((resolve, reject) => {
      this.begin = () => {
        this.state = 'playing';
        resolve();
      };
      this.refuse = reject;
    });
  }
  pause() {
    this.state = 'paused';
    this.refuse(new DOMException('interrupted by a call to pause()', 'AbortError'));
  }
}
let elements: Played[] = [];

beforeEach(() => {
  elements = [];
  vi.stubGlobal('Audio', Played);
  URL.createObjectURL = (blob) => `blob:${blob === sample.before ? 'before' : 'after'}`;
  URL.revokeObjectURL = () => {};
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

async function recorded() {
  const hook = renderHook(() => useVoiceComparison());
  await act(async () => hook.result.current.record());
  await vi.waitFor(() => expect(hook.result.current.phase).toBe('ready'));
  return hook;
}

test('who stops a sample before its first sound sees no error', async () => {
  const { result } = await recorded();
  await act(async () => result.current.play('before'));
  await act(async () => result.current.play('before'));
  expect(result.current).toMatchObject({ playing: null, problem: null });
});

test('the other sample goes on when the first is replaced before its first sound', async () => {
  const { result } = await recorded();
  await act(async () => result.current.play('before'));
  await act(async () => result.current.play('after'));
  await act(async () => elements[1]?.begin());
  expect(elements.map(({ state }) => state)).toEqual(['paused', 'playing']);
  expect(result.current).toMatchObject({ playing: 'after', problem: null });
});

test('a sample that is stopped while its speaker is being chosen is not heard', async () => {
  changePreferences({ speakerId: 'headset' });
  const { result } = await recorded();
  await act(async () => result.current.play('before'));
  await act(async () => result.current.play('before'));
  await act(async () => elements[0]?.useSpeaker());
  expect(elements.map(({ state }) => state)).toEqual(['paused']);
  expect(result.current).toMatchObject({ playing: null, problem: null });
});

test('leaving the page while a speaker is being chosen plays nothing afterwards', async () => {
  changePreferences({ speakerId: 'headset' });
  const { result, unmount } = await recorded();
  await act(async () => result.current.play('before'));
  unmount();
  await act(async () => elements[0]?.useSpeaker());
  expect(elements.map(({ state }) => state)).toEqual(['paused']);
});

test('a browser that does not play says so', async () => {
  const { result } = await recorded();
  await act(async () => result.current.play('before'));
  await act(async () => elements[0]?.refuse(new DOMException('no sound here', 'NotAllowedError')));
  expect(result.current).toMatchObject({
    playing: null,
    problem: 'Your browser did not play it. Try again.',
  });
});
