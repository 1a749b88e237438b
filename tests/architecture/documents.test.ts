import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { callStatusSchema } from '@parley/call-protocol';
import { expect, test } from 'vitest';
import { root } from '@/scripts/paths.mjs';
import { mayImport } from './rules';
import { readSourceFiles, type SourceFile } from './source-files';

const files = readSourceFiles();
const isProduct = ({ path }: { path: string }) => /^(app|db|languages|lib)\//.test(path);
const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const pictureOf = (kind: string) => new RegExp(`\`\`\`mermaid\\n${kind}[^\`]*`).exec(text)?.[0] ?? '';

/** `a & b --> c & d` as pairs, such as `a c`. */
function arrowsOf(picture: string): string[] {
  return [...picture.matchAll(/^ *(\w[\w& -]*?) (?:-->|-\..*\.->) (\w[\w& -]*)$/gm)].flatMap(
    ([, from = '', to = '']) =>
      from.split(' & ').flatMap((one) => to.split(' & ').map((other) => `${one} ${other}`)),
  );
}

test('the picture of modules shows exactly what the rules allow', () => {
  const name = (module: string) => module.replace('lib/', '');
  const allowed = Object.entries(mayImport).flatMap(([from, targets]) =>
    targets.map((to) => `${name(from)} ${name(to)}`),
  );
  const beside = ['app lib', 'app call-ui', 'app languages', 'call-ui protocol', 'calls media'];
  expect(arrowsOf(pictureOf('flowchart')).sort()).toEqual([...allowed, ...beside].sort());
});

test('the picture of a call’s life shows every status', () => {
  const shown = new Set(pictureOf('stateDiagram').match(/\b[a-z]+(?= -->|:)/g));
  expect([...shown].sort()).toEqual([...callStatusSchema.options].sort());
});

test('no file of the product imports itself, whichever way round', () => {
  expect(circlesIn(files.filter(isProduct))).toEqual([]);
});

test('a circle of imports is found', () => {
  const planted = [
    { path: 'lib/a.ts', imports: [{ target: 'lib/b', isTypeOnly: true }] },
    { path: 'lib/b.ts', imports: [{ target: 'lib/c', isTypeOnly: false }] },
    { path: 'lib/c.ts', imports: [{ target: 'lib/a', isTypeOnly: false }] },
  ];
  expect(circlesIn(planted)).toEqual(['lib/a.ts → lib/b.ts → lib/c.ts → lib/a.ts']);
});

test('decisions are numbered one after the other, in name and title', () => {
  const decisions = readdirSync(join(root, 'docs/decisions')).sort();
  const numbersIn = (name: string) => [
    Number(name.slice(0, 3)),
    Number(/^# (\d+)\. /.exec(readFileSync(join(root, 'docs/decisions', name), 'utf8'))?.[1]),
  ];
  expect(decisions.map(numbersIn)).toEqual(decisions.map((_, index) => [index + 1, index + 1]));
});

test('the map of lib names only files that are here', () => {
  const map = readFileSync(join(root, 'lib/README.md'), 'utf8');
  const named = [...map.matchAll(/`((?:[\w-]+\/)*[\w-]+\.tsx?)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter((path) => !files.some((file) => `/${file.path}`.endsWith(`/${path}`)));
  expect(missing).toEqual([]);
});

test('comments and documents name only pages that are here', () => {
  const documents = [
    ...readdirSync(root),
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
  ]
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({ path, raw: readFileSync(join(root, path), 'utf8') }));
  const missing = [...files, ...documents].flatMap(({ path, raw }) =>
    [...raw.matchAll(/(?<![\w/.:@-])(?:[\w.-]+\/)*[\w-]+\.md\b/g)]
      .map(([page]) => page)
      .filter((page) => ![root, join(root, dirname(path))].some((from) => existsSync(join(from, page))))
      .map((page) => `${path}: ${page}`),
  );
  expect(missing).toEqual([]);
});

/** Every circle of imports once. Imports of types count, because a reader follows them, too. */
function circlesIn(sources: Pick<SourceFile, 'path' | 'imports'>[]): string[] {
  const paths = new Set(sources.map(({ path }) => path));
  const find = (target: string) =>
    ['.ts', '.tsx', '.mjs', '/index.ts', '/index.tsx', '']
      .map((end) => target + end)
      .find((path) => paths.has(path));
  const next = new Map(
    sources.map(({ path, imports }) => [path, imports.flatMap(({ target }) => find(target) ?? [])]),
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: string[]) => {
    const at = trail.indexOf(path);
    if (at >= 0) circles.push([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return circles;
}
