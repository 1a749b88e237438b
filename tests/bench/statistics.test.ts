import { expect, test } from 'vitest';
import { measurePairs } from '@/scripts/bench/pairs.mjs';
import { isVoid, median, ratioOf } from '@/scripts/bench/statistics.mjs';

test('the median is the middle, or the mean of the two in the middle', () => {
  expect(median([3])).toBe(3);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([10, 1, 2, 4])).toBe(3);
});

test('the interval holds the median, is narrow for what hardly varies, and is the same in every run', () => {
  const steady = Array.from({ length: 30 }, (_, at) => 1.2 + (at % 3) / 100);
  const wild = Array.from({ length: 30 }, (_, at) => 0.5 + (at % 7) / 4);
  const narrow = ratioOf(steady);
  const wide = ratioOf(wild);
  expect(narrow.low).toBeLessThanOrEqual(narrow.median);
  expect(narrow.high).toBeGreaterThanOrEqual(narrow.median);
  expect(wide.high - wide.low).toBeGreaterThan(narrow.high - narrow.low);
  expect(ratioOf(steady)).toEqual(narrow);
});

test('a floor that differs from itself by more than a tenth makes the run void', () => {
  expect(isVoid([1, 1.05, 0.95])).toBe(false);
  expect(isVoid([1.2, 1.15, 1.3])).toBe(true);
  expect(isVoid([0.8, 0.85])).toBe(true);
});

test('both sides take turns, and the floor is measured beside itself first', async () => {
  const order: string[] = [];
  const side = (name: string, value: number) => async () => {
    order.push(name);
    return value;
  };
  const result = await measurePairs('test', 4, { ours: side('ours', 30), floor: side('floor', 20) });
  expect(order.slice(0, 8)).toEqual(Array(8).fill('floor'));
  expect(order.slice(8).join(' ')).toBe('ours floor floor ours ours floor floor ours');
  expect(result.ratio).toEqual({ median: 1.5, low: 1.5, high: 1.5 });
  expect(result).toMatchObject({ same: 1, isVoid: false, ours: [30, 30, 30, 30] });
});
