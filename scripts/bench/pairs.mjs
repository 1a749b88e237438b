import { say } from '../progress.mjs';
import { isVoid, median, ratioOf } from './statistics.mjs';

/**
 * @typedef {(pair: number) => Promise<number>} Side
 * @typedef {{ ours: number[], floor: number[], ratio: ReturnType<typeof ratioOf>, same: number, isVoid: boolean }} Pairs
 *   the values of each run, the paired ratios, and the floor's ratio to itself
 */

/**
 * Measures ours beside the floor, taking turns (A B B A), so that what changes on the machine meets both. First the
 * floor beside itself: where that is not about 1, the machine is too busy, and the result is void.
 * @param {string} name for the progress
 * @param {number} count of pairs
 * @param {{ ours: Side, floor: Side }} sides each runs once for the pair of this number and returns its value
 * @returns {Promise<Pairs>}
 */
export async function measurePairs(name, count, { ours, floor }) {
  const same = await takeTurns(`${name}, floor and floor`, count, floor, floor);
  const pairs = await takeTurns(name, count, ours, floor);
  return compare(pairs, same);
}

/**
 * What pairs of values say.
 * @param {[number, number][]} pairs ours and the floor
 * @param {[number, number][]} same the floor and the floor
 * @returns {Pairs}
 */
export function compare(pairs, same) {
  const ratios = (/** @type {[number, number][]} */ list) => list.map(([a, b]) => a / b);
  return {
    ours: pairs.map(([a]) => a),
    floor: pairs.map(([, b]) => b),
    ratio: ratioOf(ratios(pairs)),
    same: median(ratios(same)),
    isVoid: isVoid(ratios(same)),
  };
}

/** @returns {Promise<[number, number][]>} */
async function takeTurns(
  /** @type {string} */ name,
  /** @type {number} */ count,
  /** @type {Side} */ a,
  /** @type {Side} */ b,
) {
  /** @type {[number, number][]} */
  const pairs = [];
  for (let number = 0; number < count; number += 1) {
    if (number % 2 === 0) pairs.push([await a(number), await b(number)]);
    else {
      const second = await b(number);
      pairs.push([await a(number), second]);
    }
    if ((number + 1) % 10 === 0 || number + 1 === count)
      say('Bench', `${name}: ${number + 1} of ${count} pairs`);
  }
  return pairs;
}
