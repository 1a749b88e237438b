import { accessSync, constants, statfsSync } from 'node:fs';

const folder = '/dev/shm';
/** Containers often get 64 MB; databases, recordings and browser profiles of a test run need more. */
const leastBytes = 1024 ** 3;

/**
 * Puts temporary files in memory where the system offers that. Every transaction of a test waits for the
 * disk otherwise, because the database is opened with `synchronous = FULL`.
 * @returns {{ TMPDIR?: string }} environment for a command, empty where memory is short
 */
export function memoryDisk() {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < leastBytes ? {} : { TMPDIR: folder };
  } catch {
    return {};
  }
}
