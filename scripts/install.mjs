import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, root } from './paths.mjs';
import { StartError, say, took, whileWaiting } from './progress.mjs';
import { runCommand } from './run-command.mjs';

const stampFile = join(root, 'node_modules', '.installed');

/**
 * Installs exactly what the lock file says, unless that is what is there. Runs on npm's own Node,
 * because `npm ci` deletes ours while it works.
 */
export async function installDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const isThere = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock;
  if (!isThere) {
    const startedAt = Date.now();
    say('Dependencies', 'installing from package-lock.json; the first time takes about a minute');
    const npm = process.env.npm_execpath;
    const [command, first] = npm ? [process.env.npm_node_execpath ?? process.execPath, [npm]] : ['npm', []];
    const flags = [
      'ci',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    const { code } = await whileWaiting('Dependencies', runCommand(command, [...first, ...flags]));
    if (code !== 0) {
      throw new StartError(
        `npm ci failed (exit code ${code}); its own words are above. It needs the npm registry, and room and leave to write in ${root}.`,
      );
    }
    writeFileSync(stampFile, lock);
    say('Dependencies', `installed in ${took(startedAt)}`);
  } else {
    say('Dependencies', 'up to date');
  }
  if (!existsSync(pinnedNode)) {
    throw new StartError(
      `There is no Node for ${process.platform} on ${process.arch} among Parley's dependencies.\n` +
        'Linux and macOS on x64 and arm64 are supported; on Windows use WSL.',
    );
  }
}
