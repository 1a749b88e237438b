import { expect, test } from 'vitest';
import { readSourceFiles } from './source-files';

/** Words between tags, on a line of their own, or in an attribute that is read or heard. */
const literals = [
  />([^<>{}=();]*\p{L}{2}[^<>{}=();]*)<\//gu,
  /^\s+(\p{Lu}[\p{L}’' ,.…?!–-]+[^,\s])$/gmu,
  /(?:aria-label|aria-valuetext|alt|label|placeholder|title)=(?:"|\{`|\{')([^"`']*\p{L}{2}[^"`']*)/gu,
];

const wordsIn = (text: string): string[] => [
  ...new Set(
    literals.flatMap((literal) => [...text.matchAll(literal)].map((match) => (match[1] ?? '').trim())),
  ),
];

test('no component of the kit holds a word of its own: all come from the catalogue', () => {
  const parts = readSourceFiles().filter(({ path }) => /^lib\/call-ui\/.*\.tsx$/.test(path));
  expect(parts.length).toBeGreaterThan(40);
  expect(parts.flatMap(({ path, text }) => wordsIn(text).map((words) => `${path}: ${words}`))).toEqual([]);
});

test('a word in a tag, on a line of its own and in an attribute would be found', () => {
  expect(wordsIn('<p className={style.kind}>Incoming call</p>')).toEqual(['Incoming call']);
  expect(wordsIn('<Button {...acceptProps}>\n  Accept\n</Button>')).toEqual(['Accept']);
  expect(wordsIn('<section aria-label="Call" />')).toEqual(['Call']);
  expect(wordsIn("<b title={'Pin'}>{words.start.call}</b>")).toEqual(['Pin']);
});
