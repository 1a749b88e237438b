import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from './system-packages.mjs';

/** @returns {string | undefined} the Redis server of this machine */
export function findRedis(/** @type {NodeJS.ProcessEnv} */ env) {
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  const candidates = [env.REDIS_SERVER_BIN, ...folders.map((folder) => join(folder, 'redis-server'))];
  return candidates.find((file) => {
    try {
      if (file) accessSync(file, constants.X_OK);
      return Boolean(file);
    } catch {
      return false;
    }
  });
}

/**
 * Finds a Redis server, or installs Debian's where that is possible without asking.
 * @returns {Promise<string | undefined>} its program
 */
export async function provideRedis(/** @type {NodeJS.ProcessEnv} */ env) {
  const found = findRedis(env);
  if (!found) await installPackages('Redis', ['redis-server']);
  return found ?? findRedis(env);
}
