import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { afterPaint } from '@/lib/call-ui/after-paint';

let frames: FrameRequestCallback[] = [];

beforeEach(() => {
  // Frames are this test's own.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
  vi.stubGlobal('cancelAnimationFrame', () => {
    frames = [];
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const paintFrame = () => {
  for (const callback of frames.splice(0)) callback(performance.now());
};

it('waits for the frame, and for its painting', () => {
  const work = vi.fn();
  afterPaint(work);
  vi.advanceTimersByTime(20);
  paintFrame();
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(0);
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledTimes(1);
});

it('does not wait for long for a page that paints nothing', () => {
  const work = vi.fn();
  afterPaint(work);
  vi.advanceTimersByTime(1000);
  paintFrame();
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledTimes(1);
});

it('does it at once in a hidden page', () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const work = vi.fn();
  afterPaint(work);
  expect(work).toHaveBeenCalledTimes(1);
});

it('does nothing once it was cancelled, before the frame or after it', () => {
  const work = vi.fn();
  afterPaint(work)();
  const cancel = afterPaint(work);
  paintFrame();
  cancel();
  vi.advanceTimersByTime(1000);
  expect(work).not.toHaveBeenCalled();
});
