import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '@/scripts/paths.mjs';

/** Left and right, which are wrong in one of the two directions of text. */
const sided =
  /^\s*((left|right|(margin|padding|border)-(left|right)[a-z-]*|float)\s*:|text-align\s*:\s*(left|right)).*$/gm;
/** What is the same in both: the middle, and the edges of the screen itself. */
const isEven = (line: string) => /:\s*(50%|calc\(50% )/.test(line) || line.includes('safe-area-inset');

/** Four lengths in one line, of which the second and the fourth are right and left. */
const shorthand = /^\s*(?:padding|margin|inset)\s*:\s*([^;{}]*);/gm;
const isLopsided = (lengths: string) => {
  const [, right, , left] = lengths.match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
  return left !== undefined && left !== right;
};

const sidedLines = (text: string) =>
  [
    ...(text.match(sided) ?? []),
    ...[...text.matchAll(shorthand)].flatMap(([line, lengths = '']) => (isLopsided(lengths) ? [line] : [])),
  ].filter((line) => !isEven(line));

const files = ['app', 'lib/call-ui'].flatMap((folder) =>
  globSync(`${folder}/**/*.css`, { cwd: root }).filter((path) => !path.includes('/dist/')),
);
/** A selector that compares with what is read or heard, which is another word in another language. */
const byWords = (text: string) => text.match(/\[(aria-label|title|alt|placeholder)[~|^$*]?=[^\]]*\]/g) ?? [];

test('styles follow the direction of the text', () => {
  expect(files.length).toBeGreaterThan(60);
  const found = files.flatMap((path) =>
    sidedLines(readFileSync(join(root, path), 'utf8')).map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

test('a side would be found, the middle and the edge of a screen would not', () => {
  expect(sidedLines('.a {\n  margin-left: 4px;\n  text-align: right;\n  left: 0;\n}')).toHaveLength(3);
  expect(sidedLines('.a {\n  padding: 0 4px 0 calc(2px + var(--a));\n}')).toHaveLength(1);
  expect(sidedLines('.a {\n  padding: 0 4px 8px 4px;\n  margin: 0 1px;\n}')).toEqual([]);
  expect(sidedLines('.a {\n  left: 50%;\n  right: env(safe-area-inset-right);\n}')).toEqual([]);
});

test('styles find nothing by its words', () => {
  expect(files.flatMap((path) => byWords(readFileSync(join(root, path), 'utf8')))).toEqual([]);
  expect(byWords('.a > nav[aria-label="Conversations"] {}')).toEqual(['[aria-label="Conversations"]']);
  expect(byWords('section[aria-label] {}')).toEqual([]);
});
