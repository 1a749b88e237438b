import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say } from './progress.mjs';
import { installPackages, isPackaged } from './system-packages.mjs';

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

/** Installs Debian's where that is possible; tests that need it are skipped where there is none. */
export async function provideRedis(/** @type {NodeJS.ProcessEnv} */ env) {
  if (findRedis(env)) return;
  if ((await isPackaged('redis-server')) && (await installPackages('Redis', ['redis-server']))) return;
  say('Redis', 'there is no redis-server; its tests are skipped (set REDIS_SERVER_BIN, or install it)');
}
