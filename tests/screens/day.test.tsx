import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Day } from '@/app/(community)/_shell/day';
import { renderInEnglish } from '../support/in-english';

const nearMidnight = new Date(2026, 2, 9, 23, 59, 30);

beforeEach(() => void vi.useFakeTimers({ now: nearMidnight }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('a window that is open overnight says Yesterday and the date once the day is another', () => {
  renderInEnglish(<Day at={nearMidnight.getTime()} />);
  expect(document.body.textContent).toBe('Today');
  act(() => void vi.advanceTimersByTime(30_000));
  expect(document.body.textContent).toBe('Yesterday');
  act(() => void vi.advanceTimersByTime(24 * 3_600_000));
  expect(screen.getByText('Monday 9 March').tagName).toBe('TIME');
});

test('a screen without days waits for no midnight', () => {
  const { unmount } = renderInEnglish(<Day at={nearMidnight.getTime()} />);
  expect(vi.getTimerCount()).toBe(1);
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});
