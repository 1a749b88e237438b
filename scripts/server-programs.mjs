import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from './system-packages.mjs';

/** Servers that tests run beside Parley: the program, the setting that names another one, Debian's package. */
const programs = {
  Redis: { file: 'redis-server', setting: 'REDIS_SERVER_BIN', packageName: 'redis-server' },
  Caddy: { file: 'caddy', setting: 'CADDY_BIN', packageName: 'caddy' },
};

/**
 * @param {keyof typeof programs} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} this machine's program
 */
export function findProgram(name, env) {
  const { file, setting } = programs[name];
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  return [env[setting], ...folders.map((folder) => join(folder, file))].find((candidate) => {
    try {
      if (candidate) accessSync(candidate, constants.X_OK);
      return Boolean(candidate);
    } catch {
      return false;
    }
  });
}

/**
 * Finds the program, or installs Debian's where that is possible without asking.
 * @param {keyof typeof programs} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
export async function provideProgram(name, env) {
  const found = findProgram(name, env);
  if (!found) await installPackages(name, [programs[name].packageName]);
  return found ?? findProgram(name, env);
}

/** How to get a program that is missing. @returns {string} */
export function howToGet(/** @type {keyof typeof programs} */ name) {
  const { setting, packageName } = programs[name];
  return `${name} is not here; install it (Debian: apt-get install ${packageName}), or set ${setting}`;
}
