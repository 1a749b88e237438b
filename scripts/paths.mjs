import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever the command was called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node that the lock file pins; exists once the dependencies are installed. */
export const pinnedNode = join(root, 'node_modules', '.bin', 'node');

export const nextCli = join('node_modules', 'next', 'dist', 'bin', 'next');
