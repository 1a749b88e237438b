import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { english, german } from '@parley/call-kit/words';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arabic } from '@/lib/call-ui/words/ar';
import { kitPages } from '@/scripts/kit-pages.mjs';
import { type Consumer, makeConsumer } from './install';
import { buildConsumer, bundle, measureSizes } from './sizes';

const names = ['call-kit', 'call-protocol'] as const;
let consumer: Consumer;
beforeAll(async () => {
  consumer = await makeConsumer();
}, 600_000);
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

test.each([
  ['call-kit', ['./styles.css']],
  ['call-protocol', false],
])('bundlers find in the manifest of %s which of its files have effects', (name, effects) => {
  const manifest = join(consumer.folder, 'node_modules/@parley', name, 'package.json');
  expect(JSON.parse(readFileSync(manifest, 'utf8')).sideEffects).toEqual(effects);
});

test('the pages of docs/kit say what the types say; npm run docs:kit writes them', () => {
  const stale = Object.entries(kitPages()).filter(
    ([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text,
  );
  expect(stale.map(([file]) => file)).toEqual([]);
});

test('the first app of the README is the one that is compiled here', () => {
  const app = readFileSync('tests/packages/consumer/first-app.tsx', 'utf8').trim();
  expect(readFileSync('lib/call-ui/README.md', 'utf8')).toContain(app);
});

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
        include: ['src/app.tsx', 'src/first-app.tsx', 'node_modules/@parley/*/dist/**/*.d.ts'],
        exclude: [],
      }),
    );
    expect(await consumer.run('typescript/bin/tsc', '-p', 'tsconfig.json')).toEqual({ code: 0, output: '' });
  },
);

test('it renders on a server under StrictMode, and importing it changes nothing around it', async () => {
  await buildConsumer(consumer, {
    build: { ssr: 'src/server.tsx', outDir: 'server', minify: false },
  });
  const { code, output } = await consumer.run('../server/server.js');
  expect(code, output).toBe(0);
  const { html, ...around } = JSON.parse(output);
  expect(html).toContain('aria-label="Call"');
  expect(around).toEqual({ compiled: 0, hasNewGlobals: false, isZodInterpreting: false });
});

test('an app that imports only English has no text of another language in it', async () => {
  const texts = (words: object): string[] =>
    Object.values(words).flatMap((one) => (typeof one === 'string' ? [one] : texts(one)));
  const own = new Set(texts(english));
  // A short word could stand in code by chance; quotes and hard spaces may be written another way there.
  const isPlain = (text: string) => text.length > 8 && /^[\p{L}{}.,?! -]+$/u.test(text);
  const foreign = (words: object) => texts(words).filter((text) => isPlain(text) && !own.has(text));
  const inBundle = async (language: string) => {
    const code = await bundle(consumer, `src/in-${language}.tsx`);
    const found = (words: object) => foreign(words).filter((text) => code.includes(text));
    return {
      german: found(german),
      arabic: found(arabic),
      hasArabicLetters: /\p{Script=Arabic}/u.test(code),
    };
  };
  const none = { german: [], arabic: [], hasArabicLetters: false };
  expect(await inBundle('english')).toEqual(none);
  expect(await inBundle('german')).toEqual({ ...none, german: foreign(german) });
  expect(foreign(german).length).toBeGreaterThan(200);
});

test('an app with the button and no call loads at most 45 KiB of the kit, and LiveKit only for a call', async () => {
  const { first, later, callChunk } = await measureSizes(consumer);
  expect(first.livekit).toBe(0);
  expect(later.livekit).toBeGreaterThan(100_000);
  expect(first.kit).toBeLessThan(45 * 1024);
  // What carries a call is little more than LiveKit's own room.
  const { callChunk: _, ...room } = await measureSizes(consumer, 'src/room.ts');
  expect(callChunk / room.first.livekit).toBeLessThan(1.2);
});
