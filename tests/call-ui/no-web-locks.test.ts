import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { browser } from './support/browser';
import { refusingLocks } from './support/tabs';
import { snapshot } from './support/views';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('where the browser refuses Web Locks every tab has a stream of its own, and asks for no lock again', async () => {
  const locks = refusingLocks();
  const request = vi.spyOn(locks, 'request');
  const { server, tab, settle } = browser({ locks });
  const [first, second] = [tab(), tab()];
  await vi.advanceTimersByTimeAsync(60_000);
  const open = () => server.lines.filter((line) => line.isOpen);
  for (const line of open()) line.say('snapshot', snapshot());
  await settle();
  expect(open()).toHaveLength(2);
  expect([first.types(), second.types()]).toEqual([['snapshot'], ['snapshot']]);
  expect(request).toHaveBeenCalledTimes(2);
  first.page.dispatchEvent(new Event('freeze'));
  await settle();
  expect(open()).toHaveLength(1);
  first.page.dispatchEvent(new Event('resume'));
  await settle();
  expect(open()).toHaveLength(2);
});

test.each([
  ['has no Web Locks', { locks: null }],
  ['refuses a channel between tabs', { hasChannels: false }],
])('where the browser %s every tab has a stream of its own, and answers its heartbeats', async (_, gives) => {
  const { server, tab, settle } = browser(gives);
  tab();
  tab();
  await settle();
  expect(server.lines).toHaveLength(2);
  server.lines[1]?.say('heartbeat', {});
  await settle();
  expect(server.alive).toEqual([{ isInFront: false }]);
});
