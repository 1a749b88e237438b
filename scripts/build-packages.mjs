/**
 * Builds the packages that other apps install, `lib/protocol` and `lib/call-ui`: each gets a `dist` with a module for
 * each of its own, types, and, for the call kit, one style sheet. `npm run build:packages`; with `-- --accept-api` it
 * writes down the types that other apps see (`api/*.api.md`), which it compares otherwise. `npm run docs:kit` also writes
 * the pages of `docs/kit`.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative } from 'node:path';
import { readJson } from './json-file.mjs';
import { packageEntries } from './package-entries.mjs';
import { root } from './paths.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, say, took } from './progress.mjs';

/** Each module stays one and so keeps its 'use client'; what took long is no matter. */
const expected = ['MODULE_LEVEL_DIRECTIVE', 'PLUGIN_TIMINGS'];

/**
 * @param {string} name of the folder under lib
 * @returns {import('tsdown').InlineConfig} what both packages have in common
 */
function packageIn(name) {
  return {
    config: false,
    cwd: join(root, 'lib', name),
    outDir: 'dist',
    tsconfig: 'tsconfig.package.json',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    dts: true,
    sourcemap: true,
    // A bundler leaves out a module by itself, and only modules keep their 'use client'.
    unbundle: true,
    // What it warns of is an error below, but that it takes TypeScript 7 for an experiment.
    logLevel: 'error',
    inputOptions: {
      onLog(level, log, handle) {
        if (!expected.includes(log.code ?? '')) handle(level === 'warn' ? 'error' : level, log);
      },
    },
  };
}

/**
 * The files that a module names by `new URL('…', import.meta.url)`, copied into the package, wherever they come from.
 * @param {string} folder of the package
 * @returns {import('tsdown').Rolldown.Plugin}
 */
function copyAssets(folder) {
  const named = /new URL\(\s*'([^']+)',\s*import\.meta\.url,?\s*\)/g;
  const copy = (/** @type {string} */ path, /** @type {string} */ from) => {
    const file = path.startsWith('.') ? join(dirname(from), path) : createRequire(from).resolve(path);
    const content = readFileSync(file);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
    const name = `${basename(file, extname(file))}-${hash}${extname(file)}`;
    mkdirSync(join(folder, 'dist/assets'), { recursive: true });
    writeFileSync(join(folder, 'dist/assets', name), content);
    return `new URL('${relative(dirname(from), folder)}/assets/${name}', import.meta.url)`;
  };
  return {
    name: 'copy-assets',
    transform: {
      filter: { code: /import\.meta\.url/ },
      handler: (code, id) => ({ code: code.replace(named, (_all, path) => copy(path, id)), map: null }),
    },
  };
}

/**
 * What an app imports by name is client code as a whole, so that a page on the server may import it.
 * @param {string[]} entries
 * @returns {import('tsdown').Rolldown.Plugin}
 */
function markAsClient(entries) {
  return {
    name: 'mark-as-client',
    renderChunk: (code, { fileName }) =>
      entries.includes(fileName) ? { code: `'use client';${code}`, map: null } : null,
  };
}

/** Makes `lib/call-ui/dist` what is packed: beside what was built, its readme and its manifest. The sources' own manifest is private. */
function completeKit() {
  const folder = join(root, 'lib/call-ui');
  const dist = join(folder, 'dist');
  copyFileSync(join(folder, 'README.md'), join(dist, 'README.md'));
  const { private: _, exports, ...manifest } = readJson(join(folder, 'package.json'));
  const published = {
    ...manifest,
    // Not in the manifest of the sources: Parley's own build would lay out its styles in another way.
    sideEffects: ['./styles.css'],
    exports: JSON.parse(JSON.stringify(exports).replaceAll('"./dist/', '"./')),
  };
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
}

await runScript(async () => {
  await continueOnPinnedNode();
  const { build } = await import('tsdown');
  const { reportApi } = await import('./api-report.mjs');
  const { writeKitPages } = await import('./kit-pages.mjs');
  const startedAt = Date.now();
  await build({ ...packageIn('protocol'), entry: packageEntries('protocol').map((name) => `${name}.ts`) });
  const entries = packageEntries('call-ui');
  // A page on the server hands words to the client: they stay data there.
  const clientFiles = entries.filter((name) => name !== 'words').map((name) => `${name}.js`);
  await build({
    ...packageIn('call-ui'),
    entry: entries.map((name) => `${name}.ts`),
    css: { splitting: false, fileName: 'styles.css', modules: {} },
    plugins: [copyAssets(join(root, 'lib/call-ui')), markAsClient(clientFiles)],
  });
  // TypeScript 7 looks for what an import without names leads to.
  writeFileSync(join(root, 'lib/call-ui/dist/styles.css.d.ts'), 'export {};\n');
  completeKit();
  reportApi({ isAccepted: process.argv.includes('--accept-api') });
  if (process.argv.includes('--pages')) writeKitPages();
  say('Packages', `@parley/call-protocol and @parley/call-kit, built in ${took(startedAt)}`);
});
