import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownAddress } from './own-address.mjs';
import { nextCli, pinnedNode, root } from './paths.mjs';
import { endProcess, isRunning } from './processes.mjs';
import { StartError, say } from './progress.mjs';
import { readRunFile, writeRunFile } from './run-file.mjs';

/** Open streams are closed at once; this is for requests that hang. */
const patienceMs = 8000;
const runFileOf = (/** @type {string} */ dataDir) => join(dataDir, 'run.json');

/**
 * @param {string} dataDir
 * @returns {{ jobPid: number, appPid: number, port: number } | undefined} what ran here last, if it left word
 */
export function readRun(dataDir) {
  return readRunFile(runFileOf(dataDir));
}

/**
 * One data folder, one server. A job that runs is named in the error; an app whose job was killed
 * is ended, because nobody watches over it any more.
 * @param {string} dataDir
 * @throws {StartError} when Parley runs on this folder already
 */
export async function endLeftoverApp(dataDir) {
  const run = readRun(dataDir);
  if (!run) return;
  if (isRunning(run.jobPid, 'start.mjs') && run.jobPid !== process.pid) {
    throw new StartError(
      `Parley already runs with the data folder ${dataDir} (process ${run.jobPid}, port ${run.port}).\n` +
        'Stop it first, or choose another folder with PARLEY_DATA_DIR.',
    );
  }
  if (isRunning(run.appPid, 'next')) {
    say('App', `ending the one that outlived its npm start (process ${run.appPid})`);
    await endProcess(run.appPid, patienceMs);
  }
}

/**
 * Starts the Next.js server and resolves when it answers.
 * @param {{ isDev: boolean, host: string, port: number, dataDir: string, env: NodeJS.ProcessEnv }} options
 * @returns {{ ready: Promise<void>, ended: Promise<number>, stop(): Promise<void> }} `ended` is the exit code
 * @throws {Error} when word of it can't be left in the data folder; then it does not run
 */
export function startApp({ isDev, host, port, dataDir, env }) {
  const child = spawn(
    pinnedNode,
    [nextCli, isDev ? 'dev' : 'start', '--hostname', host, '--port', String(port)],
    {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => {
      rmSync(runFileOf(dataDir), { force: true });
      resolve(code ?? (signal === 'SIGKILL' ? 137 : 1));
    });
  });
  writeRunFile(runFileOf(dataDir), { jobPid: process.pid, appPid: child.pid, port }, child.pid);
  return {
    ended,
    ready: untilItAnswers(`${ownAddress(host, port)}/api/health/live`, ended),
    stop: async () => {
      if (child.pid !== undefined && child.exitCode === null) await endProcess(child.pid, patienceMs);
    },
  };
}

async function untilItAnswers(/** @type {string} */ address, /** @type {Promise<number>} */ ended) {
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!isOver) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(20_000) }).catch(() => undefined);
    if (answer && answer.status < 500) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // Never resolves: whoever waits for readiness waits for `ended`, too.
  await new Promise(() => undefined);
}
