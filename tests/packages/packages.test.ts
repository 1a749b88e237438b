import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { build, type InlineConfig } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Consumer, makeConsumer } from './install';

const names = ['call-kit', 'call-protocol'] as const;
let consumer: Consumer;
beforeAll(async () => {
  consumer = await makeConsumer();
}, 180_000);
afterAll(() => rmSync(consumer.folder, { recursive: true, force: true }));

test.each(names)('%s is packed as bundlers and Node expect it', async (name) => {
  const pkgDir = join(consumer.folder, 'node_modules/@parley', name);
  const { messages } = await publint({ pkgDir, pack: false });
  expect(messages).toEqual([]);
});

test.each(names)(
  'the types of %s are found and are right, as a module of Node and for a bundler',
  async (name) => {
    const archive = createPackageFromTarballData(consumer.archives[name]);
    const result = await checkPackage(archive, { excludeEntrypoints: ['./styles.css'] });
    const problems = result.types ? result.problems : ['no types'];
    // Nothing but modules is promised.
    const meant = (problem: object) =>
      !('resolutionKind' in problem) || !/^(node10|node16-cjs)$/.test(String(problem.resolutionKind));
    expect(problems.filter((problem) => typeof problem === 'string' || meant(problem))).toEqual([]);
  },
);

const kinds = [
  { moduleResolution: 'bundler', module: 'esnext', exactOptionalPropertyTypes: true },
  { moduleResolution: 'bundler', module: 'esnext', exactOptionalPropertyTypes: false },
  { moduleResolution: 'nodenext', module: 'nodenext', exactOptionalPropertyTypes: true },
];
test.each(kinds)(
  'an app with $moduleResolution and exactOptionalPropertyTypes $exactOptionalPropertyTypes compiles',
  async (kind) => {
    writeFileSync(
      join(consumer.folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          ...kind,
          target: 'es2022',
          lib: ['dom', 'dom.iterable', 'es2024'],
          jsx: 'react-jsx',
          strict: true,
          noEmit: true,
          skipLibCheck: true,
          types: [],
        },
        include: ['src/app.tsx', 'node_modules/@parley/*/dist/**/*.d.ts'],
        exclude: [],
      }),
    );
    expect(await consumer.run('typescript/bin/tsc', '-p', 'tsconfig.json')).toEqual({ code: 0, output: '' });
  },
);

test('it renders on a server under StrictMode, and importing it changes nothing around it', async () => {
  await buildConsumer({
    build: { ssr: 'src/server.tsx', outDir: 'server', minify: false },
  });
  const { code, output } = await consumer.run('../server/server.js');
  expect(code, output).toBe(0);
  const { html, ...around } = JSON.parse(output);
  expect(html).toContain('aria-label="Call"');
  expect(around).toEqual({ compiled: 0, hasNewGlobals: false, isZodInterpreting: false });
});

test('an app with the button and no call loads at most 45 KiB of the kit, and LiveKit only for a call', async () => {
  const { first, later } = await sizes();
  expect(first.livekit).toBe(0);
  expect(later.livekit).toBeGreaterThan(100_000);
  expect(first.kit).toBeLessThan(45 * 1024);
}, 60_000);

/** A production build of the app. Vite leaves words of its own in the environment. */
async function buildConsumer(config: InlineConfig) {
  const before = { ...process.env };
  try {
    process.env = { ...before, NODE_ENV: 'production' };
    return await build({ root: consumer.folder, logLevel: 'silent', ...config });
  } finally {
    process.env = before;
  }
}

const none = { kit: 0, react: 0, zod: 0, baseUi: 0, livekit: 0, other: 0 };

/** What the app loads at first, and what later, in bytes (gzip) by who it comes from. */
async function sizes() {
  writeFileSync(
    join(consumer.folder, 'index.html'),
    '<!doctype html><script type="module" src="/src/main.tsx"></script>',
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
  const result = await buildConsumer({
    build: {
      write: false,
      modulePreload: false,
    },
  });
  if (!('output' in result)) throw new Error('not one build');
  const chunks = result.output.filter((one) => one.type === 'chunk');
  const firstNames = new Set<string>();
  const visit = (fileName: string) => {
    const chunk = chunks.find((one) => one.fileName === fileName);
    if (!chunk || firstNames.has(fileName)) return;
    firstNames.add(fileName);
    chunk.imports.forEach(visit);
  };
  for (const chunk of chunks) if (chunk.isEntry) visit(chunk.fileName);
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
  console.info(`First load, bytes: ${rounded(first)}. For a call: ${rounded(later)}.`);
  return { first, later };
}
