import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '@/scripts/paths.mjs';

/** What the README of the kit names, and the types of React. */
const packages = [
  'react',
  'react-dom',
  'livekit-client',
  'zod',
  '@base-ui/react',
  'lucide-react',
  '@sapphi-red/web-noise-suppressor',
  '@livekit/track-processors',
  '@mediapipe/tasks-vision',
];
const types = ['@types/react', '@types/react-dom', 'csstype'];

const folder = mkdtempSync(join(tmpdir(), 'parley-kit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(project: string): Promise<string> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, '--noEmit', '-p', join(folder, project)], (_error, out) =>
      resolve(out),
    );
  });
}

test('kit and protocol, copied into an app that has the named packages only, compile there', async () => {
  for (const name of ['call-ui', 'protocol'])
    cpSync(join(root, 'lib', name), join(folder, name), { recursive: true });
  for (const name of [...packages, ...types]) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), place);
  }
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const { paths: _paths, plugins: _plugins, incremental: _incremental, ...options } = compilerOptions;
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, types: [] }, include: ['**/*.ts', '**/*.tsx'] }),
  );
  // A bundler that knows CSS Modules brings such a declaration.
  writeFileSync(
    join(folder, 'css.d.ts'),
    "declare module '*.module.css' { const names: Record<string, string>; export default names; }",
  );
  expect(await check('tsconfig.json')).toBe('');

  // It would say so if something were missing.
  writeFileSync(join(folder, 'call-ui/more.ts'), "import { z } from 'next/link';\nexport const more = z;\n");
  writeFileSync(
    join(folder, 'more.json'),
    JSON.stringify({ extends: './tsconfig.json', include: [], files: ['call-ui/more.ts'] }),
  );
  expect(await check('more.json')).toContain("Cannot find module 'next/link'");
}, 180_000);

test('the README names these packages', () => {
  const readme = readFileSync(join(root, 'lib/call-ui/README.md'), 'utf8');
  for (const name of packages) expect(readme).toContain(`| \`${name}\``);
});
