/**
 * `npm run test:fresh`: whether a new machine can run Parley. Makes a minimal Debian 12 in a folder, clones the
 * last commit into it, and does there what the README says: npm start until it serves, Ctrl-C, then one file of
 * each part of npm test. Of this machine the system gets how package mirrors are reached, and a LiveKit program.
 * `--host-node 20` or `26` begins with another Node than Debian's 18; `--where-possible` (CI) says why it does
 * nothing where no system can be made, and counts as well; `--keep` leaves the system there, to look into it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { freeLivekitPorts, freePort } from './free-ports.mjs';
import { findLivekitBinary } from './livekit-binary.mjs';
import {
  commandIn,
  hostNodes,
  makeSystem,
  removeSystem,
  systemFolder,
  whyNoSystem,
} from './minimal-system.mjs';
import { root } from './paths.mjs';
import { runScript, StartError, say, took } from './progress.mjs';
import { endRunningCommand, runCommand } from './run-command.mjs';
import { readSettings } from './settings.mjs';

const { values: flags } = parseArgs({
  options: {
    'host-node': { type: 'string', default: '18' },
    'where-possible': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

/** Far more than a slow machine needs; what hangs must end within CI's time all the same. */
const limitMs = { start: 30 * 60_000, stop: 30_000, test: 45 * 60_000 };

/** @type {{ name: string, words: string, isPassed: boolean }[]} */
const results = [];
/** @type {import('node:child_process').ChildProcess | undefined} */
let inside;

async function main() {
  const hostNode = hostNodes[flags['host-node']];
  if (!hostNode) throw new StartError(`--host-node is one of ${Object.keys(hostNodes).join(', ')}.`);
  const why = await whyNoSystem();
  if (why && !flags['where-possible']) throw new StartError(`A fresh machine can't be made here: ${why}.`);
  if (why) {
    console.log(`\n  Fresh machine not tested: ${why}.\n`);
    return;
  }
  const folder = systemFolder();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => {
      // What runs ends, so its step fails, and the test cleans up and ends by itself.
      endRunningCommand('SIGKILL');
      void endInside();
    });
  process.on('exit', () => {
    if (flags.keep) {
      say('Kept', `${folder}; enter it with: chroot ${folder} sh, and remove it yourself`);
      return;
    }
    try {
      removeSystem(folder);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  });
  try {
    await step('system', () => makeSystem(folder, hostNode));
    await step('clone', () => cloneInto(folder));
    await step('npm start', () => startAndStop(folder));
    await step('npm test', () => smoke(folder));
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
  }
  await endInside();
  console.log('');
  for (const { name, words } of results) say(name, words);
  const failed = results.filter((result) => !result.isPassed).length;
  console.log(`\nfresh: ${results.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

/** Runs one step and records it; a step that fails ends the test, because the later ones build on it. */
async function step(/** @type {string} */ name, /** @type {() => Promise<string | void>} */ work) {
  console.log(`\n── fresh machine: ${name}`);
  const startedAt = Date.now();
  try {
    const words = await work();
    results.push({ name, words: `${words ? `${words}, ` : ''}${took(startedAt)}`, isPassed: true });
  } catch (error) {
    results.push({ name, words: `failed after ${took(startedAt)}`, isPassed: false });
    throw error;
  }
}

async function cloneInto(/** @type {string} */ folder) {
  const { output: changes } = await runCommand('git', ['status', '--porcelain'], { quiet: true });
  if (changes) say('Clone', 'of the last commit; what has changed since is not in it');
  const args = ['-c', 'safe.directory=*', 'clone', '-q', '--no-hardlinks', root, join(folder, 'parley')];
  const { code, output } = await runCommand('git', args, { quiet: true });
  if (code !== 0) throw new StartError(`git clone failed:\n${output}`);
  const { cacheDir } = readSettings({ ...process.env, PARLEY_URL: '' });
  const livekit = await findLivekitBinary({ cacheDir, env: process.env });
  const place = join(folder, 'usr', 'local', 'bin', 'livekit-server');
  copyFileSync(livekit, place);
  chmodSync(place, 0o755);
  say('LiveKit', `handed in (${livekit}): neither its release nor a new enough Go can be had in there`);
}

async function startAndStop(/** @type {string} */ folder) {
  const startedAt = Date.now();
  const [port, livekitPort] = [await freePort(3300), await freeLivekitPorts(7300)];
  const env = { PORT: String(port), LIVEKIT_PORT: String(livekitPort) };
  // The shell, process 1, outlives Ctrl-C and then names every other process.
  const script = `trap : INT; cd /parley && npm start
    for process in /proc/[0-9]*; do
      words=$(tr '\\0' ' ' < $process/cmdline)
      [ $process = /proc/1 ] || [ -z "$words" ] || echo "left running: $words"
    done`;
  const job = run(folder, script, env);
  const health = `http://127.0.0.1:${port}/api/health`;
  await within(limitMs.start, `an answer of ${health}`, async () => {
    if (job.isOver()) throw new StartError('npm start ended before it served.');
    return (await fetch(health).catch(() => undefined))?.status === 200;
  });
  const served = took(startedAt);
  say('Health', `${health} answers 200 after ${served}`);
  // Signals the whole process group, as a terminal does.
  if (inside?.pid) process.kill(-inside.pid, 'SIGINT');
  await within(limitMs.stop, 'the end of npm start after Ctrl-C', async () => job.isOver());
  const left = job.lines.filter((line) => line.startsWith('left running: '));
  if (left.length > 0) throw new StartError(`After Ctrl-C there is still:\n${left.join('\n')}`);
  return `serves after ${served}, and leaves nothing behind`;
}

async function smoke(/** @type {string} */ folder) {
  const job = run(folder, 'cd /parley && npm test -- --smoke; exit $?', {});
  await within(limitMs.test, 'the end of npm test', async () => job.isOver());
  const closing = job.lines.findLast((line) => line.trim() !== '') ?? '';
  if (inside?.exitCode !== 0 || !/^[1-9]\d* passed, 0 failed$/.test(closing))
    throw new StartError(`npm test ended with code ${inside?.exitCode}: ${closing}`);
  return closing;
}

/** Runs a script in the system, and shows what it prints. */
function run(
  /** @type {string} */ folder,
  /** @type {string} */ script,
  /** @type {Record<string, string>} */ env,
) {
  const [command, args] = commandIn(folder, script, env);
  // A process group of its own, which Ctrl-C can be sent to.
  const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  inside = child;
  let isOver = false;
  child.on('close', () => (isOver = true));
  /** @type {string[]} */
  const lines = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      console.log(`| ${line}`);
    });
  }
  return { lines, isOver: () => isOver };
}

async function within(
  /** @type {number} */ ms,
  /** @type {string} */ what,
  /** @type {() => Promise<boolean>} */ isSo,
) {
  for (const deadline = Date.now() + ms; !(await isSo()); ) {
    if (Date.now() > deadline) throw new StartError(`${what} did not come within ${ms / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Ends what runs in the system; with its first process everything in there ends. */
async function endInside() {
  if (!inside?.pid || inside.exitCode !== null || inside.signalCode !== null) return;
  const ended = once(inside, 'exit');
  inside.kill('SIGKILL');
  await ended;
}

await runScript(main);
