import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '@/scripts/paths.mjs';

const table = readFileSync(join(root, 'docs/cases.md'), 'utf8');
const caseNumbers = [...table.matchAll(/^\| (\d+) +\|/gm)].map(([, number = '']) => number.padStart(2, '0'));
const filesIn = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const faultFiles = filesIn('tests/faults');
/** Journeys that prove a case are tagged with it. */
const journeys = filesIn('tests/journeys').map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}));

/** The files that prove this case. */
function proofsOf(number: string): string[] {
  // Case 4 is every journey once more, with webhooks going nowhere.
  if (number === '04') return ['playwright.config.ts'];
  return [
    ...faultFiles.filter((path) => path.startsWith(`tests/faults/${number}-`)),
    ...journeys.filter(({ text }) => text.includes(`'@case-${number}'`)).map(({ path }) => path),
  ];
}

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const section = /^## Promises$([\s\S]*?)^## /m.exec(readme)?.[1] ?? '';
const linksIn = (text: string) =>
  [...text.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, words = '', target = '']) => ({ words, target }));

test.each(caseNumbers)('case %s has a file under its number', (number) => {
  expect(proofsOf(number)).not.toEqual([]);
});

test('every file of a case has a number that docs/cases.md knows', () => {
  const unknown = faultFiles.filter((path) => {
    const number = /\/(\d+)-/.exec(path)?.[1];
    return number !== undefined && !caseNumbers.includes(number);
  });
  expect(unknown).toEqual([]);
});

test('case 4 runs the very journeys, with webhooks going nowhere', () => {
  const config = readFileSync(join(root, 'playwright.config.ts'), 'utf8');
  // All but the scenes, which have no server, and the example, which starts its own.
  const project =
    /name: 'without-webhooks',[^}]*testDir: 'tests\/journeys',([^}]*)use: \{ webhooks: 'lost' \}/;
  const between = project.exec(config)?.[1] ?? '';
  expect(between.match(/testIgnore: .*/g)).toEqual([
    "testIgnore: ['**/axe.spec.ts', '**/example.spec.ts', '**/gallery.spec.ts', '**/stage.spec.ts'],",
  ]);
});

test('the README states all eight promises, each with cases', () => {
  const rows = section.split('\n').filter((line) => /^\| +\d+ +\|/.test(line));
  expect(rows.map((row) => Number(row.split('|')[1]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  for (const row of rows) expect(linksIn(row), row).not.toEqual([]);
});

test('every link among the README’s promises leads to the file that proves that case', () => {
  const links = linksIn(section);
  for (const { words, target } of links) {
    expect(existsSync(join(root, target)), target).toBe(true);
    const number = /^\d\d/.exec(words)?.[0];
    if (number) expect(proofsOf(number), words).toContain(target);
  }
  const linked = new Set(links.flatMap(({ words }) => /^\d\d/.exec(words)?.[0] ?? []));
  expect([...linked].sort(), 'no case is left out').toEqual(caseNumbers);
});
