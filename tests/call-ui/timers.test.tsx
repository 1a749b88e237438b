import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { restartClock } from '@/lib/call-ui/clock';
import { useNow } from '@/lib/call-ui/hooks/use-kit';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
  restartClock();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  restartClock();
});

const rendered = new Map<string, number>();
function Timer({ name }: { name: string }) {
  rendered.set(name, useNow(1000));
  return null;
}
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

test('timers of one call tick together, however far apart they were mounted', () => {
  const dock = render(<Timer name="dock" />);
  pass(400);
  const sidebar = render(<Timer name="sidebar" />);
  for (let step = 0; step < 30; step += 1) {
    expect(rendered.get('sidebar')).toBe(rendered.get('dock'));
    pass(100);
  }
  dock.unmount();
  const before = rendered.get('sidebar') ?? 0;
  pass(1000);
  expect(rendered.get('sidebar'), 'the other one ticks on').toBe(before + 1000);
  sidebar.unmount();
  expect(vi.getTimerCount()).toBe(0);
});
