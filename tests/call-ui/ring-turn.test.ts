import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takeRingTurn } from '@/lib/call-ui/sound/ring-turn';
import { createAir, createLocks } from './support/tabs';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** One browser whose tabs want to ring; each says whether it does. */
function browser() {
  const locks = createLocks();
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
