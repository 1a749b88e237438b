import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * Counts what a vitest run wrote. A skipped test proves nothing and counts as failed; so does a run
 * that ended badly without a failed test (a file that could not be loaded, an unhandled error).
 * @param {string} file vitest's JSON report
 * @param {number} code vitest's exit code
 * @returns {Count}
 */
export function countVitest(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const skipped = report.numPendingTests + report.numTodoTests;
  return settle(report.numPassedTests, report.numFailedTests + skipped, code);
}

/**
 * The same for a Playwright run.
 * @param {string} file Playwright's JSON report
 * @param {number} code
 * @returns {Count}
 */
export function countPlaywright(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { stats } = JSON.parse(readFileSync(file, 'utf8'));
  return settle(stats.expected, stats.unexpected + stats.flaky + stats.skipped, code);
}

/** @returns {Count} */
function settle(/** @type {number} */ passed, /** @type {number} */ failed, /** @type {number} */ code) {
  const endedBadly = code !== 0 || passed + failed === 0;
  return { passed, failed: endedBadly ? Math.max(1, failed) : failed };
}
