import { median } from './statistics.mjs';

/**
 * Prints a result as the rows of a table.
 * @param {{ title: string, floor: string, target: number }} words
 * @param {import('./pairs.mjs').Pairs} result in milliseconds
 */
export function printResult({ title, floor, target }, { ours, floor: floorMs, ratio, same, isVoid }) {
  const times = (/** @type {number} */ value) => `${value.toFixed(2)}×`;
  console.log(`
  ${title}
    ours          ${median(ours).toFixed(0)} ms
    floor         ${median(floorMs).toFixed(0)} ms, ${floor}
    ratio         ${times(ratio.median)} (95 %: ${times(ratio.low)} to ${times(ratio.high)}), ${ours.length} pairs
    target        ${times(target)}: ${isVoid ? 'void' : ratio.median <= target ? 'met' : 'not met'}
    floor, floor  ${times(same)}${isVoid ? ': this machine is too busy to measure on' : ''}`);
}
