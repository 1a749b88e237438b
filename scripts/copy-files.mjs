/** Enough that a bucket far away is not waited for one file at a time. */
const atOnce = 8;

/**
 * Copies the files of a folder from one place to another. What is there already is left: a name stands for the same
 * bytes for ever, so a copy that broke off goes on where it was.
 * @param {import('../lib/files/files.mjs').Files} from
 * @param {import('../lib/files/files.mjs').Files} to
 * @param {string} folder
 * @param {(done: number, total: number) => void} [onProgress]
 * @returns {Promise<number>} how many were copied
 */
export async function copyFiles(from, to, folder, onProgress = () => undefined) {
  const there = new Set(await to.list(folder));
  const missing = (await from.list(folder)).filter((name) => !there.has(name) && !name.endsWith('.partial'));
  const left = missing.values();
  let done = 0;
  const copyNext = async () => {
    for (const name of left) {
      const bytes = await from.read(name);
      // Null: it was replaced meanwhile, and is no picture of anyone's any more.
      if (bytes) await to.put(name, bytes);
      done += 1;
      onProgress(done, missing.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, copyNext));
  return missing.length;
}
