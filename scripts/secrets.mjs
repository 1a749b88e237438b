import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './progress.mjs';

/** @typedef {{ parleySecret: string, livekitKey: string, livekitSecret: string }} Secrets */

/**
 * The secrets of this data folder: made once, then the same for ever, readable by their owner only.
 * Losing them signs everyone out and changes nothing else.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function readSecrets(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) {
    const made = {
      parleySecret: randomBytes(32).toString('hex'),
      livekitKey: `parley${randomBytes(6).toString('hex')}`,
      livekitSecret: randomBytes(32).toString('hex'),
    };
    // Written aside and renamed, so that a start that is killed here leaves no half file.
    writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  chmodSync(file, 0o600);
  const secrets = parsed(readFileSync(file, 'utf8'));
  for (const name of ['parleySecret', 'livekitKey', 'livekitSecret']) {
    if (typeof secrets[name] !== 'string')
      throw new StartError(`${file} lacks "${name}". Move the file away to get new secrets.`);
  }
  return secrets;
}

/** A broken file lacks everything. */
function parsed(/** @type {string} */ text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
