import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { browser } from './support/browser';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('each heartbeat is answered once for the browser, when it comes, with whether a window is in front', async () => {
  const { server, tab, settle } = browser();
  const leading = tab();
  await settle();
  const [second, third] = [tab(), tab()];
  await settle();
  const beat = async () => {
    server.lines[0]?.say('heartbeat', {});
    await settle();
    return server.alive.at(-1);
  };
  expect(await beat()).toEqual({ isInFront: false });
  second.putInFront(true);
  expect(await beat()).toEqual({ isInFront: true });
  expect(await beat(), 'and it still is').toEqual({ isInFront: true });
  second.putInFront(false);
  third.putInFront(true);
  expect(await beat()).toEqual({ isInFront: true });
  third.putInFront(false);
  expect(await beat()).toEqual({ isInFront: false });
  leading.putInFront(true);
  expect(await beat()).toEqual({ isInFront: true });
  expect(server.alive).toHaveLength(6);
});

test('a tab that was in front and died without a word is not in front after the next heartbeat', async () => {
  const { server, tab, settle } = browser();
  tab();
  await settle();
  const second = tab();
  second.putInFront(true);
  second.freeze();
  for (const isInFront of [true, false]) {
    server.lines[0]?.say('heartbeat', {});
    await settle();
    expect(server.alive.at(-1)).toEqual({ isInFront });
  }
});

test('the tab that takes the stream over answers, and hears from the others whether they are in front', async () => {
  const { server, tab, settle } = browser();
  const first = tab();
  await settle();
  tab();
  const third = tab();
  third.putInFront(true);
  await settle();
  first.source.close();
  await settle();
  for (let n = 0; n < 2; n += 1) {
    server.lines[1]?.say('heartbeat', {});
    await settle();
  }
  expect(server.alive).toHaveLength(2);
  expect(server.alive.at(-1)).toEqual({ isInFront: true });
});
