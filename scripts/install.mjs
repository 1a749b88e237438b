import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireRunnable } from './host.mjs';
import { withMeter } from './meter.mjs';
import { pinnedNode, root } from './paths.mjs';
import { StartError, say, took } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { oneAtATime } from './set-up-turn.mjs';
import { prepareToolchain } from './toolchain.mjs';

const modules = join(root, 'node_modules');
const stampFile = join(modules, '.installed');

/**
 * Installs exactly what the lock file says, unless that is what is there, with a pinned npm on a pinned
 * Node: npm 9 would compile what is prebuilt, link no Node, and leave out what its own Node can't run.
 * @throws {StartError} when this machine is too old, or the packages can't be had
 */
export async function installDependencies() {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const lock = createHash('sha256').update(text).digest('hex');
  const isThere = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock;
  if (!isThere()) {
    await oneAtATime(async () => {
      if (!isThere()) await install(JSON.parse(text).packages);
      mkdirSync(modules, { recursive: true });
      writeFileSync(stampFile, lock);
    });
  } else {
    say('Dependencies', 'up to date');
  }
  await requireRunnable(pinnedNode);
}

async function install(/** @type {Record<string, LockEntry>} */ packages) {
  const { node, npm, env } = await prepareToolchain();
  const startedAt = Date.now();
  const expected = Object.keys(packages).filter((path) => path && isForHere(packages[path] ?? {}));
  say('Dependencies', `installing ${expected.length} packages from package-lock.json; about a minute`);
  const flags = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const installing = runCommand(node, [npm, 'ci', ...flags, '--loglevel=error'], { env, quiet: true });
  const { code, output } = await withMeter('Dependencies', installing, () => ({
    done: expected.filter((path) => existsSync(join(root, path, 'package.json'))).length,
    total: expected.length,
    unit: 'packages',
  }));
  if (code !== 0) {
    throw new StartError(
      `${output.trim()}\nnpm ci failed (exit code ${code}). It needs the npm registry, and room and leave to write in ${root}.`,
    );
  }
  say('Dependencies', `installed in ${took(startedAt)}`);
}

/** @typedef {{ os?: string | string[], cpu?: string | string[], libc?: string | string[] }} LockEntry */

/** Whether npm installs this package here. libc is always glibc: host.mjs refuses any other. */
function isForHere(/** @type {LockEntry} */ { os, cpu, libc }) {
  return isOne(os, process.platform) && isOne(cpu, process.arch) && isOne(libc, 'glibc');
}

function isOne(/** @type {string | string[] | undefined} */ allowed, /** @type {string} */ value) {
  return allowed === undefined || [allowed].flat().includes(value);
}
