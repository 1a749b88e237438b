import { readJson, writeJson } from './json-file.mjs';
import { say } from './progress.mjs';

/**
 * What a start left word of, for the next one and for the doctor. A damaged file says nothing and
 * is in nobody's way: what it would have told shows at the ports.
 * @param {string} file
 * @returns {any} undefined when nothing can be known
 */
export function readRunFile(file) {
  const run = readJson(file);
  if (run === undefined || (typeof run === 'object' && run !== null)) return run;
  say('Run file', `${file} is damaged; going on without it`);
  return undefined;
}

/**
 * Leaves word of a process that was just started. When that can't be written, the process is ended:
 * nobody would ever find it again, and every further try would add one.
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
