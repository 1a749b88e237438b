import { execFileSync } from 'node:child_process';

/**
 * @param {number} pid
 * @returns {boolean} true while the process lives
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * True when this process lives and its command line holds `words`. A process id alone proves
 * nothing: after a restart of the machine it may belong to anybody.
 * @param {number} pid
 * @param {string} words
 */
export function isRunning(pid, words) {
  if (!isAlive(pid)) return false;
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(words);
  } catch {
    return false;
  }
}

/**
 * Asks a process to end and resolves when it is gone. Asks twice, because LiveKit waits for
 * everyone to leave after the first time; after `patienceMs` it is killed.
 * @param {number} pid
 * @param {number} patienceMs
 */
export async function endProcess(pid, patienceMs) {
  const startedAt = Date.now();
  let asked = 0;
  while (isAlive(pid)) {
    const waitedMs = Date.now() - startedAt;
    if (asked < 2 && waitedMs >= asked * 400) {
      signal(pid, 'SIGTERM');
      asked += 1;
    }
    if (waitedMs > patienceMs) signal(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function signal(/** @type {number} */ pid, /** @type {NodeJS.Signals} */ name) {
  try {
    process.kill(pid, name);
  } catch {
    // Gone between the look and the signal: that is what was wanted.
  }
}
