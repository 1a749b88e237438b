import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { installDependencies } from './install.mjs';
import { pinnedNode } from './paths.mjs';

/**
 * Installs the dependencies and goes on in the Node that they are made for: a script that imports packages
 * or TypeScript calls this first. Under any other Node the script is run anew, with the same arguments, and
 * this never returns.
 */
export async function continueOnPinnedNode() {
  await installDependencies();
  if (realpathSync(process.execPath) === realpathSync(pinnedNode)) return;
  const child = spawn(pinnedNode, process.argv.slice(1), { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself; what is sent to this process alone does not.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  await new Promise((resolve) => child.once('exit', resolve));
  process.exit(child.exitCode ?? 1);
}
