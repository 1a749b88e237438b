import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '@/scripts/paths.mjs';
import { dialectIn, dialectInPage } from './plain-english';
import { parse, readSourceFiles } from './source-files';

/** They quote the words that they refuse. */
const quoting = /^tests\/architecture\/plain-english/;
const files = readSourceFiles().filter(({ path }) => !quoting.test(path));

test('comments, test titles and names use the words of docs/glossary.md', () => {
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap(dialectIn)).toEqual([]);
});

test('pages use the words of docs/glossary.md', () => {
  const pages = globSync(['*.md', 'docs/**/*.md', 'lib/**/*.md'], { cwd: root });
  expect(pages.length).toBeGreaterThan(35);
  expect(pages.flatMap((path) => dialectInPage(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
});

test.each(['Whoever has the shell.', 'Calls are\nover then.', 'It tells [how](#a).'])(
  '"%s" on a page is found',
  (page) => {
    expect(dialectInPage('a', page)).toHaveLength(1);
  },
);

test('code, targets of links and quoted words of a page are not searched', () => {
  expect(dialectInPage('a', '```\nnobody\n```\nThe `nobody` of **Nobody** is [here](#told).')).toEqual([]);
});

test.each([
  ['lib/a.ts', '/** Tells the streams. */'],
  ['lib/a.ts', 'const a = 1; // whoever comes first'],
  ['lib/a.ts', '/**\n * The call is\n * lost; nobody is in it.\n */'],
  ['lib/a.ts', 'const isHere = true;'],
  ['lib/a.ts', 'function tellStreams() {}'],
  ['app/a.tsx', 'const tell = useToast();'],
  ['app/a.ts', 'class A {\n  #tell(): void {}\n}'],
  ['lib/tell-call.ts', ''],
  ['tests/a.test.ts', "test('somebody waits', () => {});"],
  ['tests/a.test.ts', "it.each([\n  [1],\n])(\n  'the call is over',\n  async (n) => {},\n);"],
  ['tests/a.test.ts', "fault.within('ended after nobody came back', () => 1);"],
])('%s is found (case %#)', (path, text) => {
  expect(dialectIn(parse(path, text))).toHaveLength(1);
});

test.each([
  ['lib/a.ts', "/** `nobody` refuses all; the screen says “Nobody” or **Nobody**. */\nconst a = 'nobody';"],
  ['app/a.tsx', '<p>Nobody by that name.</p>'],
  ['lib/a.ts', "const width = { nobody: 0 };\nfetch('http://127.0.0.1:9/told');"],
  ['lib/a.ts', 'const intellisense = 1; // a satellite, over the line; here is why'],
])('%s uses plain words (case %#)', (path, text) => {
  expect(dialectIn(parse(path, text))).toEqual([]);
});
