import { linkSync, renameSync, rmSync } from 'node:fs';
import { readJson, writeJson } from './json-file.mjs';
import { isRunning, refOf } from './processes.mjs';
import { say } from './progress.mjs';

/**
 * Reads what an earlier process wrote about itself. A damaged file counts as none: what it described
 * still shows at the ports.
 * @param {string} file
 * @returns {any} undefined when there is no usable file
 */
export function readRunFile(file) {
  const run = readJson(file);
  if (run === undefined || (typeof run === 'object' && run !== null)) return run;
  say('Run file', `${file} is damaged; continuing without it`);
  return undefined;
}

/**
 * Records a process that was just started. When the file can't be written, the process is ended:
 * no later start would find it, and every further try would add one.
 * @param {string} file
 * @param {object} run
 * @param {number | undefined} pid the process; undefined when it did not start
 * @throws {Error} what the system says, such as ENOSPC
 */
export function writeRunFile(file, run, pid) {
  try {
    writeJson(file, run);
  } catch (error) {
    // Not asked politely: it has not begun with anything yet.
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    throw error;
  }
}

/**
 * @template {object} Run
 * @typedef {{ isMine: true, before: (Run & { job?: unknown }) | undefined, write: (run: Run, pid?: number) => void, release: () => void }
 *   | { isMine: false, holder: Run & { job: import('./processes.mjs').ProcessRef } }} Claim
 */

/**
 * Makes this process the only one that a file names as `job`. Two processes that claim at the same
 * moment never both get it. The claim ends with `release` or with the process, however it dies.
 * @template {object} Run
 * @param {string} file
 * @param {Run} run what else the file says
 * @returns {Claim<Run>} `before` is what a process that has ended left in the file; `holder` who has the claim
 */
export function claimRunFile(file, run) {
  const job = refOf(process.pid);
  const aside = `${file}.${process.pid}`;
  /** @type {(Run & { job?: import('./processes.mjs').ProcessRef }) | undefined} */
  let before;
  try {
    writeJson(aside, { job, ...run });
    while (!isLinked(aside, file)) {
      const found = readRunFile(file);
      if (found && isRunning(found.job) && found.job.pid !== process.pid)
        return { isMine: false, holder: found };
      before = found;
      removeJudged(file, found);
    }
  } finally {
    rmSync(aside, { force: true });
  }
  return {
    isMine: true,
    before,
    write: (next, pid) => writeRunFile(file, { job, ...next }, pid),
    release: () => {
      if (readJson(file)?.job?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

/** A link to a whole file appears at once and fails when the name is taken: no reader sees half a claim. */
function isLinked(/** @type {string} */ from, /** @type {string} */ to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    // A file system without links: two starts at the same moment look the same there.
    if (
      error instanceof Error &&
      'code' in error &&
      ['EPERM', 'ENOTSUP', 'ENOSYS'].includes(String(error.code))
    ) {
      renameSync(from, to);
      return true;
    }
    throw error;
  }
}

/** Removes the file that was found stale, and puts back one that another process claimed meanwhile. */
function removeJudged(/** @type {string} */ file, /** @type {unknown} */ judged) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (JSON.stringify(readJson(aside) ?? null) !== JSON.stringify(judged ?? null)) isLinked(aside, file);
  rmSync(aside, { force: true });
}
