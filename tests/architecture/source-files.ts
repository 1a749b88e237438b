import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { root } from '@/scripts/paths.mjs';

export type Import = { target: string; isTypeOnly: boolean };
/** `text` has its comments taken out; `target` is a path from the root without extension, or a package. */
export type SourceFile = { path: string; raw: string; text: string; imports: Import[] };

/** Packages of ours, by the folder of their sources. */
const packages = { '@parley/call-kit': 'lib/call-ui', '@parley/call-protocol': 'lib/protocol' };
const notOurs = /(^|\/)(node_modules|dist|\.[^/]+|coverage|migrations|test-results|playwright-report)$/;

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (notOurs.test(path)) continue;
    if (entry.isDirectory()) yield* walk(path);
    else if (/\.(ts|tsx|mts|mjs|js)$/.test(entry.name)) yield relative(root, path);
  }
}

/** Every source file of the product, its scripts and its tests. */
export function readSourceFiles(): SourceFile[] {
  return [...walk(root)]
    .filter((path) => path !== 'next-env.d.ts')
    .map((path) => parse(path, readFileSync(join(root, path), 'utf8')));
}

export function parse(path: string, raw: string): SourceFile {
  const text = raw.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const imports: Import[] = [];
  for (const [, keyword = '', clause = '', specifier = ''] of text.matchAll(
    /^\s*(import|export)\s([^'";]*?from\s*)?['"]([^'"]+)['"]/gm,
  )) {
    if (keyword === 'export' && !clause) continue;
    imports.push({ target: resolve(path, specifier), isTypeOnly: isTypeOnly(clause) });
  }
  // `typeof import('…')` is a type; `import('…')` loads.
  for (const [, typeOf, specifier = ''] of text.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/g)) {
    imports.push({ target: resolve(path, specifier), isTypeOnly: typeOf !== undefined });
  }
  return { path, raw, text, imports };
}

function isTypeOnly(clause: string): boolean {
  if (/^type\s/.test(clause)) return true;
  const named = /^\{([^}]*)\}\s*from\s*$/.exec(clause)?.[1];
  if (named === undefined) return false;
  const names = named.split(',').map((name) => name.trim());
  return names.filter(Boolean).every((name) => name.startsWith('type '));
}

function resolve(path: string, specifier: string): string {
  const bare = specifier.replace(/\.(ts|tsx|mjs|js)$/, '');
  if (specifier.startsWith('@/')) return bare.slice(2);
  for (const [name, folder] of Object.entries(packages)) {
    if (bare === name) return `${folder}/index`;
    if (bare.startsWith(`${name}/`)) return `${folder}${bare.slice(name.length)}`;
  }
  if (specifier.startsWith('.')) return posix.join(dirname(path), bare);
  return specifier;
}
