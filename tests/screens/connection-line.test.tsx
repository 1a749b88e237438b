import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ConnectionLine } from '@/app/(community)/_shell/connection-line';
import { renderKit } from '@/tests/call-ui/support/kit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const line = () => screen.getByRole('status').textContent;
const pass = (ms: number) => act(async () => vi.advanceTimersByTime(ms));

test('a lost event stream is shown after some seconds, and no longer once it reconnects', async () => {
  const kit = renderKit(<ConnectionLine />);
  expect(line()).toBe('');
  await kit.stream('lost');
  await pass(3900);
  expect(line()).toBe('');
  await pass(200);
  expect(line()).toBe('Can’t reach the server. Trying again…');
  await kit.stream('open');
  expect(line()).toBe('');
});

test('a blink of the connection says nothing, however often', async () => {
  const kit = renderKit(<ConnectionLine />);
  for (let blinks = 0; blinks < 3; blinks += 1) {
    await kit.stream('lost');
    await pass(3000);
    await kit.stream('open');
  }
  await pass(10_000);
  expect(line()).toBe('');
});
