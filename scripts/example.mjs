/**
 * `npm run example`: the app of `examples/vite-app` with the packed call kit and a Parley of its own behind it, as one
 * foreground job. `GARDEN_PORT`, `PORT` and `LIVEKIT_PORT` move it to other ports.
 */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installPackedPackages } from './packed-packages.mjs';
import { pinnedNode, root } from './paths.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { requireAppPort } from './ports.mjs';
import { endProcess } from './processes.mjs';
import { runScript, say, took } from './progress.mjs';
import { readSecrets } from './secrets.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const folder = join(root, 'examples/vite-app');
const gardenPort = process.env.GARDEN_PORT || '5200';
const parley = {
  ...process.env,
  PORT: process.env.PORT || '3100',
  LIVEKIT_PORT: process.env.LIVEKIT_PORT || '7900',
  PARLEY_DATA_DIR: process.env.PARLEY_DATA_DIR || '.data-example',
};

/** @type {ChildProcess[]} */
const running = [];

await runScript(async () => {
  await continueOnPinnedNode();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
  await requireAppPort(Number(gardenPort), '127.0.0.1');
  const startedAt = Date.now();
  rmSync(join(folder, 'packages'), { recursive: true, force: true });
  await installPackedPackages({ into: join(folder, 'packages'), modules: join(folder, 'node_modules') });
  say('Example', `the packed call kit is in examples/vite-app (${took(startedAt)})`);
  await start([join(root, 'scripts/start.mjs')], { cwd: root, env: parley, ready: 'Ctrl-C stops it' });
  const secret = createHmac('sha256', readSecrets(resolve(root, parley.PARLEY_DATA_DIR)).parleySecret);
  await start([join(root, 'node_modules/vite/bin/vite.js')], {
    cwd: folder,
    env: {
      ...process.env,
      GARDEN_PORT: gardenPort,
      GARDEN_SECRET: secret.update('garden').digest('hex'),
      PARLEY_ADDRESS: `http://127.0.0.1:${parley.PORT}`,
    },
    // In one piece also where Vite writes in colours.
    ready: 'ready in',
  });
  console.log(`
  Hill Lane Gardens   http://localhost:${gardenPort}   Alice, PIN 7007
  in the same browser http://127.0.0.1:${gardenPort}   Bob, PIN 1212
`);
});

/**
 * Starts a program with Node and resolves once it has said that it is ready; when it ends, the other one is ended, too.
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, ready: string }} how
 */
async function start(args, { cwd, env, ready }) {
  const child = spawn(pinnedNode, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(child);
  child.once('exit', (code) => void stop(code ?? 1));
  await new Promise((resolve) => {
    let said = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      process.stdout.write(chunk);
      said += chunk;
      if (said.includes(ready)) resolve(undefined);
    });
  });
}

let isStopping = false;

async function stop(/** @type {number} */ code) {
  if (isStopping) return;
  isStopping = true;
  const left = running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  await Promise.all(left.map(({ pid }) => pid && endProcess(pid, 15_000)));
  process.exit(code);
}
