import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAttention } from '@/lib/call-ui/attention';

const vibrate = vi.fn((_pattern: VibratePattern) => true);
const release = vi.fn(async () => {});
const request = vi.fn(async () => Object.assign(new EventTarget(), { release, released: false }));

beforeEach(() => {
  vi.useFakeTimers();
  Object.defineProperty(navigator, 'vibrate', { value: vibrate, configurable: true });
  Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
});

afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
  Reflect.deleteProperty(navigator, 'vibrate');
  Reflect.deleteProperty(navigator, 'wakeLock');
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const lastPattern = () => vibrate.mock.lastCall?.[0];

it('shakes the phone again and again while it rings, and not a moment longer', () => {
  const attention = createAttention();
  attention.ring({ callId: 'call_1', title: 'Bob is calling', isTitleShown: false });
  vi.advanceTimersByTime(15_000);
  const times = vibrate.mock.calls.length;
  expect(times).toBeGreaterThan(3);
  expect(lastPattern()).not.toBe(0);
  attention.ring(null);
  expect(lastPattern()).toBe(0);
  vi.advanceTimersByTime(15_000);
  expect(vibrate).toHaveBeenCalledTimes(times + 1);
  attention.close();
});

it('rings without a shake where the browser has none, or forbids it', () => {
  vibrate.mockImplementationOnce(() => {
    throw new Error('not before a touch');
  });
  const attention = createAttention();
  attention.ring({ callId: 'call_1', title: 'Bob is calling', isTitleShown: false });
  expect(document.title).toBe('Bob is calling');
  Reflect.deleteProperty(navigator, 'vibrate');
  vi.advanceTimersByTime(10_000);
  attention.close();
});

it('keeps the screen on in a call, again after the page was hidden, and lets it sleep afterwards', async () => {
  const attention = createAttention();
  attention.keepAwake(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(request).toHaveBeenCalledTimes(1);
  const lock = await request.mock.results[0]?.value;
  lock.dispatchEvent(new Event('release'));
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(0);
  expect(request).toHaveBeenCalledTimes(2);
  attention.keepAwake(false);
  expect(release).toHaveBeenCalledTimes(1);
  attention.close();
});

it('keeps the screen on until the call has ended', async () => {
  let give = (_lock: unknown) => {};
  request.mockImplementationOnce(() => new Promise((resolve) => (give = resolve as typeof give)));
  const attention = createAttention();
  attention.keepAwake(true);
  attention.keepAwake(false);
  give(Object.assign(new EventTarget(), { release, released: false }));
  await vi.advanceTimersByTimeAsync(0);
  expect(release).toHaveBeenCalledTimes(1);
  attention.close();
});

/** A browser that may show notifications: those that are on the screen. */
function notifications() {
  const shown = new Set<string>();
  class Shown {
    static readonly permission = 'granted';
    onclick: (() => void) | null = null;
    private readonly title: string;
    constructor(title: string) {
      this.title = title;
      shown.add(title);
    }
    close() {
      shown.delete(this.title);
    }
  }
  vi.stubGlobal('Notification', Shown);
  return shown;
}

/** The window gets the keyboard, or another one does. */
const focusWindow = (hasFocus: boolean) => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(hasFocus);
  dispatchEvent(new Event(hasFocus ? 'focus' : 'blur'));
};
const bobCalls = { callId: 'call_1', title: 'Bob is calling', isTitleShown: true };

it('shows a notification in a window that is visible but not in front, and takes it away with the ring', () => {
  const shown = notifications();
  focusWindow(false);
  expect(document.visibilityState).toBe('visible');
  const attention = createAttention();
  attention.ring(bobCalls);
  expect([...shown]).toEqual(['Bob is calling']);
  attention.ring(null);
  expect([...shown]).toEqual([]);
  attention.close();
});

it('shows none to a person who is there, and one as soon as they turn to another window while it rings', () => {
  const shown = notifications();
  focusWindow(true);
  const attention = createAttention();
  attention.ring(bobCalls);
  expect([...shown]).toEqual([]);
  focusWindow(false);
  expect([...shown]).toEqual(['Bob is calling']);
  focusWindow(true);
  expect([...shown]).toEqual([]);
  attention.close();
  focusWindow(false);
  expect([...shown]).toEqual([]);
});
