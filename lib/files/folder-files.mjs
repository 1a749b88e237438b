import { constants } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FilesUnavailable } from './files-unavailable.mjs';

/**
 * Files in a folder of this machine, or in one that several servers share.
 * @param {string} root is never made here: a network folder that is not mounted must not become a local one
 * @returns {import('./files.mjs').Files}
 */
export function folderFiles(root) {
  return {
    put: (name, bytes) =>
      attempt(async () => {
        const file = join(root, name);
        await mkdirIn(root, dirname(file));
        // Renamed when it is whole: a copy that broke off must not pass for the file.
        const partial = `${file}.partial`;
        try {
          await writeFile(partial, bytes);
          await rename(partial, file);
        } catch (error) {
          await rm(partial, { force: true }).catch(() => undefined);
          throw error;
        }
      }),
    read: (name) => attempt(async () => new Uint8Array(await readFile(join(root, name))), null),
    remove: (name) => attempt(() => rm(join(root, name), { force: true })),
    list: (folder) =>
      attempt(async () => (await readdir(join(root, folder))).map((name) => `${folder}/${name}`), []),
    check: () =>
      attempt(async () => {
        await access(root, constants.R_OK | constants.W_OK);
        return root;
      }),
  };
}

async function mkdirIn(/** @type {string} */ root, /** @type {string} */ folder) {
  await access(root, constants.W_OK);
  await mkdir(folder, { recursive: true });
}

/**
 * @template T
 * @param {() => Promise<T>} work
 * @param {T} [missing] what it returns where there is no such file
 * @returns {Promise<T>}
 */
async function attempt(work, missing) {
  try {
    return await work();
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && missing !== undefined) return missing;
    throw new FilesUnavailable(error instanceof Error ? error.message : String(error), error);
  }
}
