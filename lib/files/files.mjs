import { bucketFiles } from './bucket-files.mjs';
import { folderFiles } from './folder-files.mjs';

/**
 * Where what people upload is kept: the only door to it, for the app and for scripts. A name is a path such as
 * `pictures/3f….webp` and stands for the same bytes for ever. Every method rejects with `FilesUnavailable` when the
 * place does not respond or refuses.
 * @typedef {object} Files
 * @property {(name: string, bytes: Uint8Array) => Promise<void>} put keeps the bytes, whole or not at all
 * @property {(name: string) => Promise<Uint8Array<ArrayBuffer> | null>} read null: there is no such file
 * @property {(name: string) => Promise<void>} remove also where there is none
 * @property {(folder: string) => Promise<string[]>} list the names of the files in a folder such as `pictures`
 * @property {() => Promise<string>} check returns where they are, in words, when they can be read
 */

/**
 * Opens the place that the settings name; connects to nothing yet.
 * @param {{ dataDir: string, place?: string | undefined, key?: string | undefined, secret?: string | undefined, region: string }} settings
 *   place: unset, the data folder
 * @returns {Files}
 */
export function openFiles({ dataDir, place, key = '', secret = '', region }) {
  if (!place) return folderFiles(dataDir);
  if (place.startsWith('/')) return folderFiles(place);
  return bucketFiles({ address: place, key, secret, region });
}
