import { english } from './en';
import type { CallWords } from './ready-words';

/** A text for each id; a plural's categories count as ids below it. */
function textsOf(node: object, path = ''): [id: string, text: string][] {
  return Object.entries(node).flatMap(([id, below]: [string, unknown]) => {
    const at = path ? `${path}.${id}` : id;
    if (typeof below === 'string') return [[at, below]];
    return typeof below === 'object' && below !== null ? textsOf(below, at) : [];
  });
}

const placeholdersOf = (text: string) => new Set(text.match(/\{\w+\}/g));

/**
 * What is wrong with a catalogue, one line each: texts that are missing, empty or unknown, placeholders that English does
 * not have or that are left out, and plural categories of its language without a text.
 *
 * @example
 * test('our Polish is whole', () => expect(wordFlaws(polish)).toEqual([]));
 */
export function wordFlaws(catalogue: CallWords): string[] {
  const categories = new Intl.PluralRules(catalogue.locale).resolvedOptions().pluralCategories;
  const given = new Map(textsOf(catalogue));
  const flaws: string[] = [];
  const expected = new Map<string, string>();
  for (const [id, text] of textsOf(english)) {
    const plural = /^(.*)\.(?:one|other)$/.exec(id)?.[1];
    if (plural === undefined) expected.set(id, text);
    else for (const category of categories) expected.set(`${plural}.${category}`, text);
  }
  for (const [id, text] of expected) {
    const words = given.get(id);
    if (!words) {
      flaws.push(`${id}: missing`);
      continue;
    }
    const [wanted, found] = [placeholdersOf(text), placeholdersOf(words)];
    // A plural that is always of one number may leave the number out: "eine Person".
    wanted.delete('{count}');
    for (const name of wanted) if (!found.has(name)) flaws.push(`${id}: without ${name}`);
    for (const name of found)
      if (name !== '{count}' && !wanted.has(name)) flaws.push(`${id}: unknown ${name}`);
  }
  for (const id of given.keys()) if (!expected.has(id)) flaws.push(`${id}: unknown`);
  return flaws;
}
