import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTitles } from '@parley/call-protocol';
import { expect, test } from 'vitest';
import { catalogues, messagesOf } from '@/languages/catalogues';
import { messageTypes, parametersOf } from '@/scripts/message-types.mjs';
import { root } from '@/scripts/paths.mjs';
import { readSourceFiles } from '../architecture/source-files';

const flat = (catalogue: object): [id: string, text: string][] =>
  Object.entries(catalogue).flatMap(([section, messages]) =>
    Object.entries(messages as Record<string, string>).map(([name, text]): [string, string] => [
      `${section}.${name}`,
      text,
    ]),
  );
const english = flat(catalogues.en);
const others = Object.entries(catalogues).filter(([language]) => language !== 'en');
const files = readSourceFiles().filter(({ path }) => /^(app|lib)\//.test(path));

test('every language has the ids of English and no others', () => {
  for (const [language, catalogue] of others)
    expect(
      flat(catalogue).map(([id]) => id),
      language,
    ).toEqual(english.map(([id]) => id));
});

test('every language uses the parameters of English and no others', () => {
  const names = (text: string) => [...parametersOf(text).keys()].sort();
  for (const [language, catalogue] of others) {
    const texts = new Map(flat(catalogue));
    for (const [id, text] of english)
      expect(names(texts.get(id) ?? ''), `${id} in ${language}`).toEqual(names(text));
  }
});

test('every plural has all the categories of its language', () => {
  for (const [language, catalogue] of Object.entries(catalogues)) {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [id, text] of flat(catalogue)) {
      const plurals = text.split(', plural,').length - 1;
      for (const category of pluralCategories)
        expect(text.split(` ${category} {`).length - 1, `${category} of ${id} in ${language}`).toBe(plurals);
    }
  }
});

test('no message is empty, and none says the same as another one of its section', () => {
  for (const [section, messages] of Object.entries(catalogues.en)) {
    const texts = Object.values(messages);
    expect(
      texts.filter((text) => text.trim() === ''),
      section,
    ).toEqual([]);
    expect(
      texts.filter((text, index) => texts.indexOf(text) !== index),
      section,
    ).toEqual([]);
  }
});

test('every message is used', () => {
  const source = files.map(({ text }) => text).join('\n');
  const ids = english.map(([id]) => id).filter((id) => !id.startsWith('codes.'));
  const unused = ids.filter((id) => !source.includes(`'${id}'`));
  expect(unused).toEqual([]);
});

test('every code of an error has the words that it has in the protocol', () => {
  expect(catalogues.en.codes).toEqual(errorTitles);
});

test('the types of the messages are up to date (node scripts/message-types.mjs)', () => {
  const written = readFileSync(join(root, 'languages/message-parameters.ts'), 'utf8');
  expect(written).toBe(messageTypes(catalogues.en));
});

/** The sections that the layouts around a folder send (`Texts`). */
const sent: [folder: string, sections: string[]][] = [
  ['app/(community)/calls/', ['ui', 'shell', 'people', 'messages', 'calls']],
  ['app/(community)/operator/', ['ui', 'shell', 'people', 'messages', 'operator']],
  ['app/(community)/settings/', ['ui', 'shell', 'people', 'messages', 'settings']],
  ['app/(community)/', ['ui', 'shell', 'people', 'messages']],
  ['app/(account)/', ['ui', 'account']],
  ['app/_ui/', ['ui']],
];

test('a screen uses only words that its layouts send', () => {
  const missing = files.flatMap(({ path, text }) => {
    const sections = sent.find(([folder]) => path.startsWith(folder))?.[1];
    if (!sections || /readText/.test(text)) return [];
    return english
      .map(([id]) => id)
      .filter((id) => text.includes(`'${id}'`) && !sections.includes(id.split('.')[0] ?? ''))
      .map((id) => `${path} uses ${id}`);
  });
  expect(missing).toEqual([]);
});

test('the layouts send what that list says', () => {
  const sectionsIn = (path: string) => {
    const layout = files.find((file) => file.path === path)?.text ?? '';
    return [...(/<Texts of=\{\[([^\]]*)\]/.exec(layout)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
      ([, name]) => name,
    );
  };
  const ui = sectionsIn('app/layout.tsx');
  const community = [...ui, ...sectionsIn('app/(community)/layout.tsx')];
  for (const [folder, sections] of sent) {
    const outer = folder.startsWith('app/(community)/') ? community : ui;
    const own = /^app\/(\(community\)\/\w+|\(account\))\/$/.test(folder)
      ? sectionsIn(`${folder}layout.tsx`)
      : [];
    expect([...outer, ...own], folder).toEqual(sections);
  }
});

test('compiled messages are plain data, which React sends to the browser', () => {
  const isPlain = (node: unknown): boolean =>
    typeof node !== 'object' ||
    (Array.isArray(node) || Object.getPrototypeOf(node) === Object.prototype
      ? Object.values(node ?? {}).every(isPlain)
      : node === null);
  expect(isPlain(Object.create(null))).toBe(false);
  expect(isPlain(messagesOf(catalogues.en, ['ui', 'people']))).toBe(true);
});
