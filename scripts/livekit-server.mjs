import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOurLivekit } from './livekit-api.mjs';
import { loopbackConfig } from './livekit-config.mjs';
import { maxLogBytes, trimLog } from './log-file.mjs';
import { endProcess, isAlive, isRunning, refOf } from './processes.mjs';
import { StartError } from './progress.mjs';
import { readRunFile, writeRunFile } from './run-file.mjs';

/** @typedef {import('./processes.mjs').ProcessRef & { port: number, fingerprint: string }} LivekitRun what the run file remembers */

const patienceMs = 3000;
const readyWithinMs = 15_000;
/** An app that comes back finds LiveKit again within 5 s (docs/cases.md, case 8): quick at first. */
const restartDelaysMs = [0, 500, 1000, 2000, 4000, 8000, 15_000, 30_000];
const steadyAfterMs = 60_000;

const folderOf = (/** @type {string} */ dataDir) => join(dataDir, 'livekit');
const fileOf = (/** @type {string} */ dataDir, /** @type {string} */ name) => join(folderOf(dataDir), name);

/**
 * The embedded LiveKit server of this data folder that outlived its app, if there is one.
 * @param {string} dataDir
 * @returns {LivekitRun | undefined}
 */
export function leftoverLivekit(dataDir) {
  const run = readRunFile(fileOf(dataDir, 'run.json'));
  return isRunning(run) ? run : undefined;
}

/**
 * Ends the embedded LiveKit server of this data folder, also one that an earlier start left running.
 * @param {string} dataDir
 */
export async function endLeftoverLivekit(dataDir) {
  const leftover = leftoverLivekit(dataDir);
  if (leftover) await endProcess(leftover.pid, patienceMs);
}

/**
 * Runs the embedded LiveKit server until `stop` or `release`, and again whenever it dies. One that
 * is left over and fits is adopted, so that calls in it go on; one that does not fit is ended.
 * It is a process group of its own: neither Ctrl-C nor the death of its starter reaches it.
 * @param {{ binary: string, dataDir: string, port: number, key: string, secret: string, webhookUrl: string,
 *   maxLogSize?: number, onChange?: (words: string) => void }} options `maxLogSize` in bytes
 * @returns {Promise<{ wasAdopted: boolean, stop(): Promise<void>, release(): void }>}
 * @throws {StartError} when it does not come up
 */
export async function runLivekit({
  binary,
  dataDir,
  port,
  key,
  secret,
  webhookUrl,
  maxLogSize = maxLogBytes,
  onChange = () => undefined,
}) {
  const config = await loopbackConfig({ port, key, webhookUrl });
  const fingerprint = createHash('sha256').update([config, key, secret].join('\n')).digest('hex');
  const leftover = leftoverLivekit(dataDir);
  const wasAdopted = leftover?.fingerprint === fingerprint && (await isOurLivekit({ port, key, secret }));
  if (leftover && !wasAdopted) await endProcess(leftover.pid, patienceMs);

  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  writeFileSync(fileOf(dataDir, 'livekit.yaml'), config, { mode: 0o600 });
  const launch = async () => {
    trimLog(fileOf(dataDir, 'livekit.log'), maxLogSize);
    const pid = spawnDetached(binary, dataDir, `${key}: ${secret}`);
    writeRunFile(fileOf(dataDir, 'run.json'), { ...refOf(pid), port, fingerprint }, pid);
    const deadline = Date.now() + readyWithinMs;
    while (!(await isOurLivekit({ port, key, secret }))) {
      if (!isAlive(pid) || Date.now() > deadline) {
        await endProcess(pid, 0);
        throw new StartError(
          `LiveKit did not start. Its last words (${fileOf(dataDir, 'livekit.log')}):\n${lastWords(dataDir)}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return pid;
  };

  let pid = wasAdopted && leftover ? leftover.pid : await launch();
  let upSince = Date.now();
  let isOver = false;
  let failures = 0;
  /** @type {Promise<void> | undefined} */
  let restarting;

  const restart = async () => {
    if (Date.now() - upSince > steadyAfterMs) failures = 0;
    const delayMs = restartDelaysMs[Math.min(failures, restartDelaysMs.length - 1)] ?? 0;
    failures += 1;
    onChange(
      delayMs > 0
        ? `ended by itself; starting it again in ${delayMs / 1000} s`
        : 'ended by itself; starting it again',
    );
    for (const until = Date.now() + delayMs; Date.now() < until && !isOver; ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (isOver) return;
    try {
      pid = await launch();
      upSince = Date.now();
      onChange('runs again');
    } catch (error) {
      onChange(error instanceof Error ? error.message : String(error));
    }
  };
  const watch = setInterval(() => {
    trimLog(fileOf(dataDir, 'livekit.log'), maxLogSize);
    if (!isOver && !restarting && !isAlive(pid))
      restarting = restart().finally(() => (restarting = undefined));
  }, 200);

  const release = () => {
    isOver = true;
    clearInterval(watch);
  };
  const stop = async () => {
    release();
    await restarting;
    await endProcess(pid, patienceMs);
    rmSync(fileOf(dataDir, 'run.json'), { force: true });
  };
  return { wasAdopted, stop, release };
}

/** @returns {number} the process id */
function spawnDetached(
  /** @type {string} */ binary,
  /** @type {string} */ dataDir,
  /** @type {string} */ keys,
) {
  const log = openSync(fileOf(dataDir, 'livekit.log'), 'a', 0o600);
  const child = spawn(binary, ['--config', fileOf(dataDir, 'livekit.yaml')], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LIVEKIT_KEYS: keys },
  });
  child.on('error', () => undefined);
  child.unref();
  closeSync(log);
  if (child.pid === undefined) throw new StartError(`${binary} could not be run.`);
  return child.pid;
}

function lastWords(/** @type {string} */ dataDir) {
  return readFileSync(fileOf(dataDir, 'livekit.log'), 'utf8')
    .trim()
    .split('\n')
    .slice(-8)
    .map((line) => `  ${line}`)
    .join('\n');
}
