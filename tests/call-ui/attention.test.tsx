import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAttention } from '@/lib/call-ui/attention';
import { notifyWhileAway } from '@/lib/call-ui/notify-while-away';
import { createLocks, refusingLocks } from './support/tabs';

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

it('leaves the notification to the app where it shows its own, and says when the ring ends', () => {
  const shown = notifications();
  focusWindow(false);
  const rings: string[] = [];
  const attention = createAttention((callId, title) => {
    rings.push(`${callId} ${title}`);
    return { rename: (next) => void rings.push(next), stop: () => void rings.push('over') };
  });
  attention.ring(bobCalls);
  attention.ring({ ...bobCalls, title: 'Robert is calling' });
  attention.ring(null);
  expect(rings).toEqual(['call_1 Bob is calling', 'Robert is calling', 'over']);
  expect([...shown]).toEqual([]);
  attention.close();
});

/** A tab of a browser whose window gets and loses the keyboard. */
function tabOf(locks: LockManager) {
  const listeners = new Set<() => void>();
  let hasFocus = false;
  const front = {
    isInFront: () => hasFocus,
    onChange: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const focus = async (next: boolean) => {
    hasFocus = next;
    for (const listener of [...listeners]) listener();
    await vi.advanceTimersByTimeAsync(0);
  };
  const show = (title: string) => notifyWhileAway('call-back', title, () => {}, { front, locks });
  return { focus, show };
}

it('of several tabs one shows a notification, none while one of them is in front, and another when it closes', async () => {
  const shown = notifications();
  const locks = createLocks();
  const [first, second, third] = [tabOf(locks), tabOf(locks), tabOf(locks)];
  await first.focus(true);
  const stop = [first.show('first'), second.show('second'), third.show('third')];
  await vi.advanceTimersByTimeAsync(0);
  expect([...shown]).toEqual([]);
  await first.focus(false);
  expect(shown.size).toBe(1);
  await third.focus(true);
  expect([...shown]).toEqual([]);
  await third.focus(false);
  expect(shown.size).toBe(1);
  const [title] = shown;
  stop[['first', 'second', 'third'].indexOf(title ?? '')]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown.size).toBe(1);
  expect([...shown]).not.toEqual([title]);
  for (const end of stop) end();
  await vi.advanceTimersByTimeAsync(0);
  expect([...shown]).toEqual([]);
});

it('where the browser refuses locks each tab shows it under one tag, and takes it away', async () => {
  const shown = notifications();
  const stop = tabOf(refusingLocks()).show('Time to call Bob back');
  await vi.advanceTimersByTimeAsync(0);
  expect([...shown]).toEqual(['Time to call Bob back']);
  stop();
  expect([...shown]).toEqual([]);
});

it('shows the name that comes while it rings without a second shake or notification', () => {
  const shown: { title: string; silent: boolean | undefined; close: () => void }[] = [];
  class FakeNotification {
    static permission = 'granted';
    close = vi.fn();
    constructor(
      readonly title: string,
      options: NotificationOptions,
    ) {
      shown.push({ title, silent: options.silent ?? undefined, close: this.close });
    }
  }
  vi.stubGlobal('Notification', FakeNotification);
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  const attention = createAttention();
  attention.ring({ callId: 'call_1', title: 'Someone is calling', isTitleShown: false });
  const shakes = vibrate.mock.calls.length;
  attention.ring({ callId: 'call_1', title: 'Bob is calling', isTitleShown: false });
  expect(vibrate).toHaveBeenCalledTimes(shakes);
  expect(document.title).toBe('Bob is calling');
  expect(shown.map(({ title, silent }) => [title, silent])).toEqual([
    ['Someone is calling', false],
    ['Bob is calling', true],
  ]);
  expect(shown[0]?.close).not.toHaveBeenCalled();
  attention.ring(null);
  expect(shown[1]?.close).toHaveBeenCalled();
  expect(document.title).not.toContain('calling');
  attention.close();
});
