import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from './json-file.mjs';
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
    writeJson(file, {
      parleySecret: randomBytes(32).toString('hex'),
      livekitKey: `parley${randomBytes(6).toString('hex')}`,
      livekitSecret: randomBytes(32).toString('hex'),
    });
  }
  chmodSync(file, 0o600);
  const secrets = readJson(file);
  for (const name of ['parleySecret', 'livekitKey', 'livekitSecret']) {
    if (typeof secrets?.[name] !== 'string')
      throw new StartError(`${file} lacks "${name}". Move the file away to get new secrets.`);
  }
  return secrets;
}
