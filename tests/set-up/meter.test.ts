import { expect, test } from 'vitest';
import { progressWords } from '../../scripts/meter.mjs';

test.each([
  [{ done: 23e6, total: 61e6, unit: 'bytes' }, 8000, '23 MB of 61 MB, 37 %, about 13 s left'],
  [{ done: 512, total: 2048, unit: 'packages' }, 60_000, '512 of 2048 packages, 25 %, about 3 min left'],
  [{ done: 40, total: 100 }, 4000, '40 %, about 6 s left'],
  // The first moments say nothing about the pace, and nothing done says nothing at all.
  [{ done: 1, total: 100 }, 500, '1 %'],
  [{ done: 0, total: 100, unit: 'packages' }, 20_000, '0 of 100 packages, 0 %'],
  [{ done: 4_200_000, unit: 'bytes' }, 20_000, '4.2 MB, 20 s so far'],
  // A total that was an estimate.
  [{ done: 70e6, total: 61e6, unit: 'bytes' }, 20_000, '70 MB of 70 MB, 99 %, about 1 s left'],
])('%j after %d ms is said as "%s"', (reading, elapsedMs, words) => {
  expect(progressWords(reading, elapsedMs)).toBe(words);
});

test('the pace counts from what had been done when the work began', () => {
  const reading = { done: 60, total: 100, unit: 'packages' };
  expect(progressWords(reading, 10_000, 50)).toBe('60 of 100 packages, 60 %, about 40 s left');
});
