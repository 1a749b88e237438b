import { median } from './statistics.mjs';

const times = (/** @type {number} */ value) => `${value.toFixed(2)}×`;

/**
 * Prints a result as the rows of a table.
 * @param {{ title: string, floor: string, target: number, unit: string }} words
 * @param {import('./pairs.mjs').Pairs | { ours: number, floor: number }} result in `unit`; two numbers where nothing
 *   varies from run to run
 */
export function printResult({ title, floor, target, unit }, result) {
  const rows = typeof result.ours === 'number' ? onceRows(result) : pairRows(result);
  const { ratio, isVoid = false } = rows;
  console.log(`
  ${title}
    ours          ${rows.ours} ${unit}
    floor         ${rows.floor} ${unit}, ${floor}
    ratio         ${times(ratio)}${rows.interval ?? ''}
    target        ${times(target)}: ${isVoid ? 'void' : ratio <= target ? 'met' : 'not met'}${rows.same ?? ''}`);
}

function onceRows(/** @type {{ ours: number, floor: number }} */ { ours, floor }) {
  return { ours, floor, ratio: ours / floor };
}

function pairRows(/** @type {import('./pairs.mjs').Pairs} */ { ours, floor, ratio, same, isVoid }) {
  return {
    ours: median(ours).toFixed(0),
    floor: median(floor).toFixed(0),
    ratio: ratio.median,
    interval: ` (95 %: ${times(ratio.low)} to ${times(ratio.high)}), ${ours.length} pairs`,
    same: `\n    floor, floor  ${times(same)}${isVoid ? ': this machine is too busy to measure on' : ''}`,
    isVoid,
  };
}
