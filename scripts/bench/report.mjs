import { loadavg } from 'node:os';
import { median, p99 } from './statistics.mjs';

/**
 * A measurement's outcome, as it is printed and kept.
 * @typedef {object} Line
 * @property {string} title
 * @property {string} floorIs
 * @property {string} unit
 * @property {number} ours
 * @property {number} floor
 * @property {number} ratio
 * @property {[number, number]} [interval] of the ratio, 95 %
 * @property {number} [pairs]
 * @property {number} [same] the floor's ratio to itself
 * @property {number} [p99Ratio]
 * @property {string} target
 * @property {'met' | 'not met' | 'void'} verdict
 * @property {string} at when it began
 * @property {Record<string, number>} [beside] what else was measured, by what it is, in the same unit
 * @property {number[]} load of the machine at the end, over 1, 5 and 15 minutes
 */

const times = (/** @type {number} */ value) => `${value.toFixed(2)}×`;
/** Enough pairs for one of them to be beyond the 99th percentile. */
const pairsForP99 = 300;

/**
 * @param {import('./measurements.mjs').Measurement} measurement
 * @param {import('./measurements.mjs').Result} result in its unit
 * @param {Date} startedAt
 * @returns {Line}
 */
export function lineOf(measurement, result, startedAt) {
  const { title, floor: floorIs, unit, target, isAtLeast = false, plusMs = 0, p99Target } = measurement;
  const shared = {
    title,
    floorIs,
    unit,
    at: startedAt.toISOString(),
    load: loadavg().map((one) => Math.round(one * 10) / 10),
    ...(result.beside && { beside: result.beside }),
  };
  const limit = (/** @type {number} */ floor) => target + plusMs / floor;
  const isMet = (/** @type {number} */ ratio, /** @type {number} */ floor) =>
    isAtLeast ? ratio >= target : ratio <= limit(floor);
  const parts = [target > 0 && `${target}×`, plusMs > 0 && `${plusMs.toLocaleString('en')} ms`];
  const words = `${isAtLeast ? '≥' : '≤'} ${parts.filter(Boolean).join(' + ')}`;
  if (typeof result.ours === 'number') {
    const { ours, floor } = /** @type {{ ours: number, floor: number }} */ (result);
    const ratio = ours / floor;
    return { ...shared, ours, floor, ratio, target: words, verdict: isMet(ratio, floor) ? 'met' : 'not met' };
  }
  const { ours, floor, ratio, same, isVoid } = /** @type {import('./pairs.mjs').Pairs} */ (result);
  const hasP99 = p99Target !== undefined && ours.length >= pairsForP99;
  const p99Ratio = p99(ours) / p99(floor);
  const isAllMet = isMet(ratio.median, median(floor)) && (!hasP99 || p99Ratio <= p99Target);
  return {
    ...shared,
    ours: median(ours),
    floor: median(floor),
    ratio: ratio.median,
    interval: [ratio.low, ratio.high],
    pairs: ours.length,
    same,
    ...(hasP99 && { p99Ratio }),
    target: hasP99 ? `${words}, p99 ≤ ${p99Target}×` : words,
    verdict: isVoid ? 'void' : isAllMet ? 'met' : 'not met',
  };
}

/** Prints an outcome. */
export function printLine(/** @type {Line} */ line) {
  const { title, floorIs, unit, ours, floor, ratio, interval, pairs, same, p99Ratio, target, verdict } = line;
  const { load, beside = {} } = line;
  const width = (/** @type {number} */ value) => value.toFixed(value < 100 ? 1 : 0);
  console.log(`
  ${title}
    ours          ${width(ours)} ${unit}
    floor         ${width(floor)} ${unit}, ${floorIs}
    ratio         ${times(ratio)}${interval ? ` (95 %: ${times(interval[0])} to ${times(interval[1])}), ${pairs} pairs` : ''}
    target        ${target}: ${verdict}${p99Ratio === undefined ? '' : `\n    p99           ${times(p99Ratio)}`}${
      same === undefined
        ? ''
        : `\n    floor, floor  ${times(same)}${verdict === 'void' ? ': this machine is too busy to measure on' : ''}`
    }
    load          ${load.join(' ')}${Object.entries(beside)
      .map(([what, value]) => `\n    ${what}: ${width(value)} ${unit}`)
      .join('')}`);
}
