import { chmodSync, copyFileSync, existsSync, statSync, truncateSync } from 'node:fs';

/** A log and the one before it take at most twice this. */
export const maxLogBytes = 10 * 1024 * 1024;

/**
 * Keeps a log that another process appends to below a size: a full one is copied to `<file>.1`, over the
 * copy before it, and emptied. Not renamed: the process keeps its open file and would go on writing there.
 * Lines written between the copy and the emptying are lost.
 * @param {string} file
 * @param {number} [maxBytes]
 */
export function trimLog(file, maxBytes = maxLogBytes) {
  if (!existsSync(file) || statSync(file).size < maxBytes) return;
  copyFileSync(file, `${file}.1`);
  chmodSync(`${file}.1`, 0o600);
  truncateSync(file, 0);
}
