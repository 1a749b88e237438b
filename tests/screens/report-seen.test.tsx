import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/app/_language/api-error';

import { useReportSeen } from '@/app/(community)/_store/report-seen';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const failing = (error: unknown) => vi.fn(() => Promise.reject(error));
const hourMs = 3_600_000;

test.each(['not_found', 'not_allowed', 'invalid_input', 'unauthenticated'] as const)(
  'a refusal is final: %s',
  async (code) => {
    const report = failing(new ApiError(code, 'No.'));
    renderHook(() => useReportSeen('conv_1 7', report));
    await pass(hourMs);
    expect(report).toHaveBeenCalledTimes(1);
  },
);

test('a mistake of this page is final, too', async () => {
  const report = failing(new TypeError('x is undefined'));
  renderHook(() => useReportSeen('conv_1 7', report));
  await pass(hourMs);
  expect(report).toHaveBeenCalledTimes(1);
});

test.each(['offline', 'busy', 'internal', 'rate_limited'] as const)(
  'what may pass is tried again, with pauses that grow to a minute: %s',
  async (code) => {
    const report = failing(new ApiError(code, 'Not now.'));
    renderHook(() => useReportSeen('conv_1 7', report));
    const triesAfter = async (ms: number) => {
      await pass(ms);
      return report.mock.calls.length;
    };
    expect(await triesAfter(2999)).toBe(1);
    expect(await triesAfter(1)).toBe(2);
    expect(await triesAfter(5999)).toBe(2);
    expect(await triesAfter(1)).toBe(3);
    const tries = await triesAfter(hourMs);
    expect(tries).toBeGreaterThan(60);
    expect(tries).toBeLessThan(66);
  },
);

test('it waits at least as long as the server asks', async () => {
  const report = failing(new ApiError('rate_limited', 'Too many tries.', 42_000));
  renderHook(() => useReportSeen('conv_1 7', report));
  await pass(41_999);
  expect(report).toHaveBeenCalledTimes(1);
  await pass(1);
  expect(report).toHaveBeenCalledTimes(2);
});

test('something newer is reported at once, and what failed before is not tried again', async () => {
  const report = failing(new ApiError('offline', 'Not now.'));
  const { rerender } = renderHook(({ what }) => useReportSeen(what, report), { initialProps: { what: '7' } });
  await pass(1000);
  report.mockImplementation(() => Promise.resolve() as never);
  rerender({ what: '8' });
  await pass(hourMs);
  expect(report).toHaveBeenCalledTimes(2);
});
