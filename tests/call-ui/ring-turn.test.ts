import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { takeRingTurn } from '@/lib/call-ui/sound/ring-turn';
import { createAir, createLocks, refusingLocks } from './support/tabs';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** One browser whose tabs want to ring; each says whether it does. */
function browser(locks: LockManager | null = createLocks()) {
  const air = createAir();
  return () => {
    const { channel, freeze } = air.open('ring');
    const page = new EventTarget();
    const tab = { rings: false, page, freeze, stop: () => {} };
    tab.stop = takeRingTurn({
      name: 'ring',
      locks,
      channel,
      page,
      ring: () => {
        tab.rings = true;
        return () => {
          tab.rings = false;
        };
      },
    });
    return tab;
  };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

test('of three tabs one rings, for as long as it answers, and the next when it stops', async () => {
  const open = browser();
  const tabs = [open(), open(), open()];
  await settle();
  expect(tabs.map(({ rings }) => rings)).toEqual([true, false, false]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tabs.map(({ rings }) => rings)).toEqual([true, false, false]);
  tabs[0]?.stop();
  await settle();
  expect(tabs.map(({ rings }) => rings)).toEqual([false, true, false]);
});

test('a tab that the browser freezes hands the ring over at once, and does not take it back when it wakes up', async () => {
  const open = browser();
  const [first, second] = [open(), open()];
  await settle();
  first.page.dispatchEvent(new Event('freeze'));
  await settle();
  expect([first.rings, second.rings]).toEqual([false, true]);
  first.page.dispatchEvent(new Event('resume'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect([first.rings, second.rings]).toEqual([false, true]);
  second.stop();
  await settle();
  expect([first.rings, second.rings]).toEqual([true, false]);
});

test('a tab that stands still without a word loses the ring within four seconds, and is silent when it goes on', async () => {
  const open = browser();
  const [first, second, third] = [open(), open(), open()];
  await settle();
  first.freeze();
  await vi.advanceTimersByTimeAsync(4000);
  expect([first.rings, second.rings, third.rings].filter(Boolean)).toHaveLength(1);
  expect(first.rings).toBe(false);
  await vi.advanceTimersByTimeAsync(30_000);
  expect([first.rings, second.rings, third.rings].filter(Boolean)).toHaveLength(1);
});

test('when a tab closes without answering who rings, the next one rings on and no third takes its turn', async () => {
  const open = browser();
  const tabs = [open(), open(), open()];
  await settle();
  tabs[0]?.freeze();
  await vi.advanceTimersByTimeAsync(1600);
  tabs[0]?.stop();
  await settle();
  for (let seconds = 0; seconds < 10; seconds += 1) {
    expect(tabs.map(({ rings }) => rings)).toEqual([false, true, false]);
    await vi.advanceTimersByTimeAsync(1000);
  }
});

test('a tab that stopped ringing while it was frozen stays silent', async () => {
  const open = browser();
  const first = open();
  await settle();
  first.page.dispatchEvent(new Event('freeze'));
  first.stop();
  first.page.dispatchEvent(new Event('resume'));
  await vi.advanceTimersByTimeAsync(5000);
  expect(first.rings).toBe(false);
});

describe.each([
  ['has no Web Locks', () => null],
  ['refuses Web Locks', refusingLocks],
])('in a browser that %s', (_, locks) => {
  const count = (tabs: { rings: boolean }[]) => tabs.filter(({ rings }) => rings).length;

  test('exactly one of three tabs rings, within half a second and for as long as it rings', async () => {
    const open = browser(locks());
    const tabs = [open(), open(), open()];
    await vi.advanceTimersByTimeAsync(500);
    for (let seconds = 0; seconds < 30; seconds += 1) {
      expect(count(tabs)).toBe(1);
      await vi.advanceTimersByTimeAsync(1000);
    }
  });

  test('a tab that comes while another rings stays silent', async () => {
    const open = browser(locks());
    const first = open();
    await vi.advanceTimersByTimeAsync(500);
    const second = open();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([first.rings, second.rings]).toEqual([true, false]);
  });

  test('the next one rings when the ringing tab stops, and when the browser freezes it', async () => {
    const open = browser(locks());
    const tabs = [open(), open(), open()];
    await vi.advanceTimersByTimeAsync(500);
    const first = tabs.find(({ rings }) => rings);
    first?.stop();
    await vi.advanceTimersByTimeAsync(500);
    const second = tabs.find(({ rings }) => rings);
    expect([count(tabs), second === first]).toEqual([1, false]);
    second?.page.dispatchEvent(new Event('freeze'));
    await vi.advanceTimersByTimeAsync(500);
    expect([count(tabs), second?.rings]).toEqual([1, false]);
    second?.page.dispatchEvent(new Event('resume'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(count(tabs)).toBe(1);
  });

  test('a tab that stands still without a word loses the ring within four seconds', async () => {
    const open = browser(locks());
    const tabs = [open(), open()];
    await vi.advanceTimersByTimeAsync(500);
    const first = tabs.find(({ rings }) => rings);
    first?.freeze();
    await vi.advanceTimersByTimeAsync(4000);
    expect(tabs.find((tab) => tab !== first)?.rings).toBe(true);
  });
});

test('a refused lock is asked for once', async () => {
  const locks = refusingLocks();
  const request = vi.spyOn(locks, 'request');
  const tab = browser(locks)();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([request.mock.calls.length, tab.rings]).toEqual([1, true]);
});
