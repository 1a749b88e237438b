import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '@/scripts/paths.mjs';

/** Left and right, which are wrong in one of the two directions of text. */
const sided =
  /^\s*((left|right|(margin|padding|border)-(left|right)[a-z-]*|float)\s*:|text-align\s*:\s*(left|right)).*$/gm;
/** What is the same in both: the middle, and the edges of the screen itself. */
const isEven = (line: string) => /:\s*(50%|calc\(50% )/.test(line) || line.includes('safe-area-inset');

const sidedLines = (text: string) => (text.match(sided) ?? []).filter((line) => !isEven(line));

test('styles follow the direction of the text', () => {
  const files = ['app', 'lib/call-ui'].flatMap((folder) =>
    globSync(`${folder}/**/*.css`, { cwd: root }).filter((path) => !path.includes('/dist/')),
  );
  expect(files.length).toBeGreaterThan(60);
  const found = files.flatMap((path) =>
    sidedLines(readFileSync(join(root, path), 'utf8')).map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

test('a side would be found, the middle and the edge of a screen would not', () => {
  expect(sidedLines('.a {\n  margin-left: 4px;\n  text-align: right;\n  left: 0;\n}')).toHaveLength(3);
  expect(sidedLines('.a {\n  left: 50%;\n  right: env(safe-area-inset-right);\n}')).toEqual([]);
});
