import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownAddress } from './own-address.mjs';
import { pinnedNode, root } from './paths.mjs';
import { endProcess, isRunning, refOf } from './processes.mjs';
import { say } from './progress.mjs';
import { claimRunFile, readRunFile } from './run-file.mjs';

/** @typedef {import('./processes.mjs').ProcessRef} ProcessRef */

/**
 * What the run file of a data folder says.
 * @typedef {object} Run
 * @property {ProcessRef} [job] the `npm start` that claimed the folder
 * @property {ProcessRef} [app] its server, once there is one
 * @property {number} port
 * @property {string} address where people open it
 */

/** Open streams are closed at once; this is for requests that hang. */
const patienceMs = 8000;
const runFileOf = (/** @type {string} */ dataDir) => join(dataDir, 'run.json');

/**
 * @param {string} dataDir
 * @returns {(Run & { job: ProcessRef }) | undefined} the start that holds this data folder now
 */
export function readRun(dataDir) {
  const run = readRunFile(runFileOf(dataDir));
  return run && isRunning(run.job) ? run : undefined;
}

/**
 * One data folder, one server. An app whose `npm start` was killed is ended, because no job watches it.
 * @param {string} dataDir
 * @param {{ port: number, address: string }} where this start will serve
 * @returns {Promise<import('./run-file.mjs').Claim<Run>>} not ours when another start holds the folder
 */
export async function claimDataFolder(dataDir, where) {
  const file = runFileOf(dataDir);
  const leftover = readRunFile(file)?.app;
  // Kept in the claim: a start that is killed here must not lose the app for the next one.
  const claim = claimRunFile(file, { ...where, ...(isRunning(leftover) && { app: leftover }) });
  if (claim.isMine && isRunning(leftover)) {
    say('App', `ending the one that outlived its npm start (process ${leftover.pid})`);
    await endProcess(leftover.pid, patienceMs);
    claim.write(where);
  }
  return claim;
}

/**
 * Starts the app's server (scripts/serve.mjs) and resolves when it responds.
 * @param {{ isDev: boolean, host: string, port: number, env: NodeJS.ProcessEnv, record: (app: ProcessRef | undefined, pid: number | undefined) => void }} options
 *   `record` writes the process down; what it throws is thrown, and then the app does not run
 * @returns {{ ready: Promise<void>, ended: Promise<number>, stop(): Promise<void> }} `ended` is the exit code
 */
export function startApp({ isDev, host, port, env, record }) {
  const startId = randomUUID();
  const child = spawn(
    pinnedNode,
    [
      ...(isDev ? restartedByChanges() : []),
      'scripts/serve.mjs',
      '--hostname',
      host,
      '--port',
      String(port),
      ...(isDev ? ['--dev'] : []),
    ],
    {
      cwd: root,
      env: { ...env, PARLEY_START_ID: startId },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 1)));
  });
  record(refOf(child.pid), child.pid);
  return {
    ended,
    ready: untilItAnswers(`${ownAddress(host, port)}/api/health/live`, startId, ended),
    stop: async () => {
      if (child.pid !== undefined && child.exitCode === null) await endProcess(child.pid, patienceMs);
    },
  };
}

/**
 * Next reloads pages by itself, but not what boot holds: a change of the server's code restarts the process.
 * @returns {string[]} options of Node
 */
function restartedByChanges() {
  const folders = readdirSync(join(root, 'lib')).filter((name) => name !== 'call-ui');
  const watched = ['db', 'languages', ...folders.map((name) => join('lib', name))];
  return [...watched.map((path) => `--watch-path=${path}`), '--watch-preserve-output'];
}

/** Only the response of this start counts: another program may have taken the port a moment before. */
async function untilItAnswers(
  /** @type {string} */ address,
  /** @type {string} */ startId,
  /** @type {Promise<number>} */ ended,
) {
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!isOver) {
    const live = await fetch(address, { signal: AbortSignal.timeout(20_000) })
      .then((response) => response.json())
      .catch(() => undefined);
    if (live?.start === startId) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // Never resolves: a caller that waits for readiness waits for `ended`, too.
  await new Promise(() => undefined);
}
