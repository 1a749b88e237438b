import { expect, test } from 'vitest';
import { readSourceFiles } from '../architecture/source-files';

/** Names, which no language translates. */
const names = /^(Parley|@|·|99\+|[A-Z]\w+ \| null)$/;
/** Attributes and properties that a person reads or hears. */
const visible = 'aria-label|title|placeholder|alt|label|lede|detail|help|note|confirmLabel|button|prompt';

/** Text in the source of a screen that a person would see and that no catalogue has. */
function literalTexts(text: string): string[] {
  const source = text.replace(/\bnew (Api)?Error\([^)]*\)/g, '');
  const attributes = [...source.matchAll(new RegExp(`\\b(?:${visible})(?:="|: ')([^"']*)["']`, 'g'))];
  const children = [
    ...source.matchAll(
      /(?:\w|["'}\s/])>\s*([^<>{}()=;|&?:]*\p{L}{2}[^<>{}()=;|&?]*?)\s*(?=<\/|\{|<[a-zA-Z])/gu,
    ),
  ];
  const sentences = [...source.matchAll(/['"`](\p{Lu}\p{Ll}+(?: [^'"`\n]+|…))['"`]/gu)];
  return [...attributes, ...children, ...sentences]
    .map(([, found = '']) => found.trim())
    .filter((found) => /\p{L}/u.test(found) && !names.test(found) && !/^\w+\.\w+$/.test(found));
}

test('no screen has words of its own: every one is a message of the catalogue', () => {
  const found = readSourceFiles()
    .filter(({ path }) => /^app\/(?!api\/).*\.tsx?$/.test(path))
    .flatMap(({ path, text }) => literalTexts(text).map((literal) => `${path}: ${literal}`));
  expect(found).toEqual([]);
});

test('a planted word is found, wherever it stands', () => {
  expect(literalTexts('<Button>Send</Button>')).toEqual(['Send']);
  expect(literalTexts('<p>\n  Nobody is here {count}\n</p>')).toEqual(['Nobody is here']);
  expect(literalTexts('<IconButton label="Close" />')).toEqual(['Close']);
  expect(literalTexts("setProblem('Type a name.')")).toEqual(['Type a name.']);
  expect(literalTexts("{ value: 'on', label: 'On' }")).toEqual(['On']);
  expect(literalTexts("<Button>{t('ui.send')}</Button>")).toEqual([]);
});
