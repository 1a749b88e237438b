import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** @typedef {{ label: string, title: string, isPassed: boolean }} Case */
/** @typedef {{ label: string, what: string, bound: number, measured: number, unit: string, isMet: boolean }} Measured */

/** How often the table of docs/cases.md asks for it; less is named in the printed table. */
export const whole = { kills: 100, calls: 20_000, pairs: 1000 };

/**
 * The case that a test file proves: `07`, `P1` for the first promise, or `–` for what has no number.
 * @param {string} file
 * @returns {string}
 */
export function labelOf(file) {
  const name = basename(file);
  const promise = /^promise-(\d)/.exec(name);
  if (promise) return `P${promise[1]}`;
  return /^\d\d/.exec(name)?.[0] ?? '–';
}

/**
 * Prints case, bound, measured, pass: each test as a line, and under it the worst of each measurement.
 * @param {Case[]} cases
 * @param {string} file what tests/support/fault-case.ts noted, one JSON a line
 * @param {Partial<typeof whole>} done how often it was really done, where that is not all
 * @returns {number} how many failed
 */
export function printTable(cases, file, done) {
  const did = { ...whole, ...done };
  /** @type {Measured[]} */
  const measured = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const scaled = new Map([
    ['27', did.kills < whole.kills && `scaled down: ${did.kills} of ${whole.kills} kills (FAULT_KILLS)`],
    ['41', did.calls < whole.calls && `scaled down: ${did.calls} of ${whole.calls} calls (FAULT_CALLS)`],
    ['57', did.pairs < whole.pairs && `scaled down: ${did.pairs} of ${whole.pairs} pairs (FAULT_PAIRS)`],
  ]);
  console.log(`\n${'case'.padEnd(4)}  ${'bound'.padStart(13)}  ${'measured'.padStart(13)}  pass`);
  const line = (/** @type {string[]} */ [label, bound, found, isPassed, words]) =>
    console.log(
      `${label?.padEnd(4)}  ${bound?.padStart(13)}  ${found?.padStart(13)}  ${isPassed?.padEnd(4)}  ${words}`,
    );
  const yes = (/** @type {boolean} */ isSo) => (isSo ? 'yes' : 'NO');
  for (const label of [...new Set(cases.map((one) => one.label))].sort()) {
    for (const { title, isPassed } of cases.filter((one) => one.label === label))
      line([label, '', '', yes(isPassed), title]);
    if (scaled.get(label)) line(['', '', '', '', `  ${scaled.get(label)}`]);
    const own = measured.filter((one) => one.label === label);
    for (const what of new Set(own.map((one) => one.what))) {
      const all = own.filter((one) => one.what === what);
      // A measurement beyond its bound counts before all others; else the one nearest to its bound is printed.
      const worst = all.reduce((a, b) => (nearness(b) > nearness(a) ? b : a));
      const times = all.length > 1 ? ` (worst of ${all.length})` : '';
      const { bound, measured: found, unit, isMet } = worst;
      line(['', `${bound} ${unit}`, `${found} ${unit}`, yes(isMet), `  ${what}${times}`]);
    }
  }
  return cases.filter((one) => !one.isPassed).length;
}

/** @returns {number} above 1: missed */
function nearness(/** @type {Measured} */ { bound, measured }) {
  return bound === 0 ? measured * Number.MAX_SAFE_INTEGER : measured / bound;
}
