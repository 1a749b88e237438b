import { gzipSync } from 'node:zlib';

/**
 * What a page loads first: the scripts and styles that its HTML names for browsers that know modules.
 * @param {string} html
 * @param {(path: string) => Promise<Buffer>} load a file under `/_next/`
 * @returns {Promise<{ name: string, bytes: number }[]>} gzip sizes, the largest first
 */
export async function pageWeight(html, load) {
  const modern = html.replaceAll(/<script[^>]*nomodule[^>]*>/gi, '');
  const names = [...new Set(modern.match(/static\/chunks\/[\w.~-]+\.(?:js|css)/g))];
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: compressedBytes(await load(name)) })),
  );
  return files.sort((a, b) => b.bytes - a.bytes);
}

/** What a file weighs on its way, in bytes. */
export const compressedBytes = (/** @type {Buffer} */ file) => gzipSync(file, { level: 9 }).length;

/** All of them together, in bytes. */
export const sum = (/** @type {{ bytes: number }[]} */ files) =>
  files.reduce((total, { bytes }) => total + bytes, 0);
