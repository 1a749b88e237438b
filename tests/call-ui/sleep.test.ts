import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clockNow, onWake, wokeAt } from '@/lib/call-ui/clock';
import { browser } from './support/browser';
import { incomingView, snapshot } from './support/views';

const hourMs = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers();
  // The kit's clock outlives a test: it takes up the new time before the test begins.
  clockNow();
  vi.advanceTimersByTime(1);
});
afterEach(() => {
  vi.useRealTimers();
});

/** performance.now() and timers stand still while the computer sleeps, and the wall clock goes on. */
const sleep = (ms: number) => void vi.setSystemTime(Date.now() + ms);
const settle = () => vi.advanceTimersByTimeAsync(0);

/** One browser whose first tab has a stream and has heard a snapshot with a ring. */
async function connected() {
  const { server, tab } = browser();
  const { heard } = tab();
  await settle();
  server.lines[0]?.say('snapshot', snapshot([incomingView()]));
  await settle();
  return { server, heard, tab };
}

test('the clock includes sleep, and says when it ended', () => {
  const before = clockNow();
  vi.advanceTimersByTime(5000);
  // Exactly, so that no deadline of a test is a rounding error away.
  expect(clockNow() - before).toBe(5000);
  expect(wokeAt()).toBeLessThan(before);
  sleep(hourMs);
  const after = clockNow();
  expect(after - before).toBe(hourMs + 5000);
  expect(wokeAt()).toBe(after);
});

test('the clock does not run backward, and a wall clock that is set back or adjusted is no sleep', () => {
  const before = clockNow();
  sleep(-24 * hourMs);
  expect(clockNow()).toBe(before);
  sleep(1500);
  expect(clockNow()).toBe(before);
  expect(wokeAt()).toBeLessThan(before);
});

test('a sleep is noticed within a second by those who asked, once, and not by those who stopped', async () => {
  const heard: string[] = [];
  const stops = ['one', 'two'].map((name) => onWake(() => void heard.push(name)));
  stops[1]?.();
  sleep(hourMs);
  await vi.advanceTimersByTimeAsync(1000);
  await vi.advanceTimersByTimeAsync(60_000);
  stops[0]?.();
  expect(heard).toEqual(['one']);
});

test('where the clock of the page goes on in sleep, a visible page notices it by the pause', async () => {
  vi.stubGlobal('document', { visibilityState: 'visible' });
  const pageNow = performance.now.bind(performance);
  let pausedMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => pageNow() + pausedMs);
  const woken = vi.fn();
  const stop = onWake(woken);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(woken).not.toHaveBeenCalled();
  // Both clocks go on for a minute, and no timer runs.
  pausedMs = 60_000;
  sleep(pausedMs);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(woken).toHaveBeenCalledTimes(1);
  stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a laptop that wakes up opens the stream anew at once, and passes over what was sent before its sleep', async () => {
  const { server, heard } = await connected();
  sleep(hourMs);
  server.lines[0]?.say('call', incomingView({ revision: 2 }));
  await settle();
  expect([server.lines.length, server.lines[0]?.isOpen]).toEqual([2, false]);
  expect(heard.map(({ type }) => type)).toEqual(['snapshot']);
  await vi.advanceTimersByTimeAsync(5000);
  expect(server.lines, 'once').toHaveLength(2);
});

test('a laptop on which nothing arrives after its sleep opens the stream anew within a second', async () => {
  const { server } = await connected();
  sleep(hourMs);
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.lines).toHaveLength(2);
});

test('a tab that opens after the sleep does not receive a ring that ended long ago', async () => {
  const { tab } = await connected();
  sleep(hourMs);
  const [event] = tab().heard;
  expect(event?.type === 'snapshot' ? event.data.calls[0]?.myRing?.msLeft : undefined).toBe(0);
});
