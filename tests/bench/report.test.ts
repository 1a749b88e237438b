import { expect, test } from 'vitest';
import { drawRatios } from '@/scripts/bench/chart.mjs';
import { tableOf } from '@/scripts/bench/performance-page.mjs';
import { lineOf } from '@/scripts/bench/report.mjs';
import { p99, ratioOf } from '@/scripts/bench/statistics.mjs';

const began = new Date(Date.UTC(2026, 0, 5, 12));
const measurement = {
  title: 'A → B',
  floor: 'a <bare> one',
  target: 1.5,
  unit: 'ms',
  measure: () => Promise.reject(new Error('is not run here')),
};

/** So many pairs of these two values. */
const pairsOf = (ours: number, floor: number, count = 30, isVoid = false) => ({
  ours: Array(count).fill(ours),
  floor: Array(count).fill(floor),
  ratio: ratioOf(Array(count).fill(ours / floor)),
  same: isVoid ? 1.3 : 1,
  isVoid,
});

test('a target is met up to its factor, or from it on where more is better', () => {
  expect(lineOf(measurement, pairsOf(30, 20), began)).toMatchObject({ ratio: 1.5, verdict: 'met' });
  expect(lineOf(measurement, pairsOf(31, 20), began)).toMatchObject({ verdict: 'not met' });
  const rate = { ...measurement, target: 0.8, isAtLeast: true };
  expect(lineOf(rate, pairsOf(79, 100), began)).toMatchObject({ verdict: 'not met' });
  expect(lineOf(rate, pairsOf(80, 100), began)).toMatchObject({ target: '≥ 0.8×', verdict: 'met' });
  expect(lineOf({ ...measurement, plusMs: 50 }, pairsOf(80, 20), began)).toMatchObject({ verdict: 'met' });
  const inMs = { ...measurement, target: 0, plusMs: 10_000 };
  const within = lineOf(inMs, { ours: 10_000, floor: 20 }, began);
  const beyond = lineOf(inMs, { ours: 10_001, floor: 20 }, began);
  expect(within).toMatchObject({ target: '≤ 10,000 ms', verdict: 'met' });
  expect(beyond).toMatchObject({ verdict: 'not met' });
  expect(drawRatios([within])).not.toContain('class="target"');
});

test('a void run meets nothing, and a value that is measured once has no interval', () => {
  expect(lineOf(measurement, pairsOf(1, 20, 30, true), began)).toMatchObject({ verdict: 'void' });
  const once = lineOf(measurement, { ours: 10, floor: 20 }, began);
  expect(once).toMatchObject({ ratio: 0.5, verdict: 'met' });
  expect(once).not.toHaveProperty('interval');
});

test('a p99 counts from 300 pairs on', () => {
  expect(p99(Array.from({ length: 300 }, (_, at) => at + 1))).toBe(297);
  const slowAtTimes = { ...pairsOf(20, 20, 300), ours: [...Array(290).fill(20), ...Array(10).fill(90)] };
  const judged = { ...measurement, p99Target: 2 };
  expect(lineOf(judged, slowAtTimes, began)).toMatchObject({ p99Ratio: 4.5, verdict: 'not met' });
  expect(lineOf(judged, pairsOf(20, 20), began)).not.toHaveProperty('p99Ratio');
});

test('the page shows each outcome as a row, and the chart as a bar with its target', () => {
  const line = { ...lineOf(measurement, pairsOf(31, 20), began), machine: '2 × slow' };
  expect(tableOf([line])).toContain('| A → B | 31 ms | 20 ms, a <bare> one | **1.55×** (1.55 to 1.55) |');
  expect(tableOf([line])).toContain('2026-01-05 12:00');
  const others = lineOf(measurement, { ours: 1, floor: 2, beside: { 'without a call': 410 } }, began);
  expect(tableOf([{ ...others, machine: '2 × slow' }])).toContain('| A → B; without a call 410 ms | 1 ms |');
  const chart = drawRatios([line, { ...line, verdict: 'met' }]);
  expect(chart.match(/class="missed"|class="met"|class="target"/g)).toEqual([
    'class="missed"',
    'class="target"',
    'class="met"',
    'class="target"',
  ]);
  expect(chart).toContain('prefers-color-scheme: dark');
});
