import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Reads one of Parley's own small JSON files.
 * @param {string} file
 * @returns {any} undefined when there is no such file; null when what it holds can't be read
 */
export function readJson(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Writes a small file of ours, for its owner only. Written aside and renamed: a process that is killed here and a
 * disk that is full leave the file as it was, never half of it.
 * @param {string} file
 * @param {object} content
 */
export function writeJson(file, content) {
  const aside = `${file}.new`;
  try {
    writeFileSync(aside, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    renameSync(aside, file);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}
