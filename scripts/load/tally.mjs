import { median, p99 } from '../bench/statistics.mjs';

/**
 * How long each kind of work took, and what failed.
 * @returns {{ timed: <T>(what: string, work: () => Promise<T>) => Promise<T>, note: (what: string, ms: number) => void,
 *   fail: (what: string, error: unknown) => void, print: (seconds: number) => void, failures: () => number }}
 */
export function makeTally() {
  /** @type {Map<string, number[]>} */
  const times = new Map();
  /** @type {Map<string, number>} */
  const failed = new Map();
  const note = (/** @type {string} */ what, /** @type {number} */ ms) =>
    void times.set(what, [...(times.get(what) ?? []), ms]);
  return {
    note,
    async timed(what, work) {
      const since = performance.now();
      const result = await work();
      note(what, performance.now() - since);
      return result;
    },
    fail(what, error) {
      const words = `${what}: ${error instanceof Error ? error.message : error}`.replace(
        /[a-z]+_[0-9a-f]{32}/g,
        '…',
      );
      failed.set(words, (failed.get(words) ?? 0) + 1);
    },
    failures: () => [...failed.values()].reduce((sum, count) => sum + count, 0),
    print(seconds) {
      const cell = (/** @type {unknown} */ value) => String(value).padStart(9);
      console.log(
        `\n  ${'work'.padEnd(34)}${['times', 'a second', 'p50 ms', 'p99 ms', 'max ms'].map(cell).join('')}`,
      );
      for (const [what, all] of times) {
        const numbers = [
          all.length,
          (all.length / seconds).toFixed(1),
          median(all).toFixed(1),
          p99(all).toFixed(1),
          Math.max(...all).toFixed(0),
        ];
        console.log(`  ${what.padEnd(34)}${numbers.map(cell).join('')}`);
      }
      for (const [words, count] of failed) console.log(`  FAILED ${count} times: ${words}`);
    },
  };
}
