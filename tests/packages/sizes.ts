import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type InlineConfig } from 'vite';
import type { Consumer } from './install';

/** A production build of the app. Vite leaves words of its own in the environment. */
export async function buildConsumer(consumer: Consumer, config: InlineConfig) {
  const before = { ...process.env };
  try {
    process.env = { ...before, NODE_ENV: 'production' };
    return await build({ root: consumer.folder, logLevel: 'silent', ...config });
  } finally {
    process.env = before;
  }
}

/** All code of the app that begins with this file. */
export async function bundle(consumer: Consumer, entry: string): Promise<string> {
  const input = join(consumer.folder, entry);
  const result = await buildConsumer(consumer, { build: { write: false, rolldownOptions: { input } } });
  if (!('output' in result)) throw new Error('not one build');
  return result.output.map((one) => (one.type === 'chunk' ? one.code : '')).join('\n');
}

const none = { kit: 0, react: 0, zod: 0, baseUi: 0, livekit: 0, other: 0 };

/**
 * What the app loads at first, and what later, in bytes (gzip) by who it comes from; `callChunk`: what is loaded when a
 * call comes near, with LiveKit.
 */
export async function measureSizes(consumer: Consumer, entry = 'src/main.tsx') {
  writeFileSync(
    join(consumer.folder, 'index.html'),
    `<!doctype html><script type="module" src="/${entry}"></script>`,
  );
  const from = (id: string): keyof typeof none =>
    /node_modules\/@parley\//.test(id) || /\/lib\/(call-ui|protocol)\//.test(id)
      ? 'kit'
      : /node_modules\/(react|react-dom|scheduler|use-sync-external-store)\//.test(id)
        ? 'react'
        : /node_modules\/zod\//.test(id)
          ? 'zod'
          : /node_modules\/(@base-ui|@floating-ui|reselect|tabbable)/.test(id)
            ? 'baseUi'
            : /node_modules\/livekit-client\//.test(id)
              ? 'livekit'
              : 'other';
  const result = await buildConsumer(consumer, {
    build: {
      write: false,
      modulePreload: false,
    },
  });
  if (!('output' in result)) throw new Error('not one build');
  const chunks = result.output.filter((one) => one.type === 'chunk');
  /** These chunks and all that they import, besides what is there already. */
  const withImports = (roots: typeof chunks, there = new Set<string>()) => {
    const names = new Set<string>();
    const visit = (fileName: string) => {
      const chunk = chunks.find((one) => one.fileName === fileName);
      if (!chunk || names.has(fileName) || there.has(fileName)) return;
      names.add(fileName);
      chunk.imports.forEach(visit);
    };
    for (const { fileName } of roots) visit(fileName);
    return names;
  };
  const firstNames = withImports(chunks.filter(({ isEntry }) => isEntry));
  const callRoom = chunks.filter(({ modules }) =>
    Object.keys(modules).some((id) => id.includes('/media/call-room')),
  );
  const callNames = withImports(callRoom, firstNames);
  const first = { ...none };
  const later = { ...none };
  for (const chunk of chunks) {
    const total = gzipSync(chunk.code).length;
    // A chunk is compressed as one: its bytes are dealt out by the length of what each has in it.
    const lengths = Object.entries(chunk.modules).map(([id, { renderedLength }]) => ({
      by: from(id),
      renderedLength,
    }));
    const sum = lengths.reduce((all, one) => all + one.renderedLength, 0);
    for (const { by, renderedLength } of lengths)
      (firstNames.has(chunk.fileName) ? first : later)[by] += (total * renderedLength) / Math.max(1, sum);
  }
  const rounded = (all: typeof none) =>
    Object.entries(all)
      .map(([by, bytes]) => `${by} ${Math.round(bytes)}`)
      .join(', ');
  const callChunk = chunks
    .filter(({ fileName }) => callNames.has(fileName))
    .reduce((sum, { code }) => sum + gzipSync(code).length, 0);
  console.info(
    `${entry}: at first, bytes: ${rounded(first)}. Later: ${rounded(later)}. Call chunk: ${callChunk}.`,
  );
  return { first, later, callChunk };
}
