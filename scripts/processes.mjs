import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process that a file can name: the id alone proves nothing, because the system gives it to another
 * process later, after a restart of the machine at the latest.
 * @typedef {{ pid: number, startedAt: string }} ProcessRef `startedAt` is compared, never read
 */

/**
 * @param {number | undefined} pid
 * @returns {ProcessRef | undefined} undefined when there is no such process
 */
export function refOf(pid) {
  if (pid === undefined || !Number.isInteger(pid) || pid < 1) return undefined;
  const startedAt = process.platform === 'linux' ? linuxStart(pid) : startToTheSecond(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/**
 * @param {Partial<ProcessRef> | undefined} ref as a file holds it; may be damaged
 * @returns {ref is ProcessRef} true while exactly this process lives
 */
export function isRunning(ref) {
  return typeof ref?.startedAt === 'string' && refOf(ref.pid)?.startedAt === ref.startedAt;
}

/**
 * Clock ticks from the machine's start to the process's, which is unique together with the start's id.
 * @returns {string | undefined}
 */
function linuxStart(/** @type {number} */ pid) {
  try {
    // man proc_pid_stat: the second field, the name, may hold spaces and brackets of its own.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || ticks === undefined) return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return undefined;
  }
}

/** @returns {string | undefined} */
function startToTheSecond(/** @type {number} */ pid) {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const options = /** @type {const} */ ({ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env });
    return execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], options).trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * For a process that this one started or has just identified.
 * @param {number} pid
 * @returns {boolean} true while the process lives
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    // One that has ended stays as a zombie while its parent, perhaps a container's first process, ignores it.
    return process.platform !== 'linux' || linuxStart(pid) !== undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Asks a process to end and resolves when it has ended. Asks twice, because LiveKit waits for
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
