import type { enFirst } from './en-first';
import type { enInCall } from './en-in-call';
import { isolateText } from './text';

/** What takes the place of a placeholder: a name keeps its direction, a list becomes "Bob, Carol and 3 others". */
export type WordValue = string | number | readonly string[];

/**
 * One text for each plural category of the language (CLDR), chosen by `count`.
 *
 * @example
 * const others: PluralForms = { one: '{count} weitere Person', other: '{count} weitere' };
 */
export type PluralForms = { readonly [Category in Intl.LDMLPluralRule]?: string } & {
  readonly other: string;
};

type AnyPlural = { readonly other: string };
export type Translation<Text> = Text extends string
  ? string
  : Text extends AnyPlural
    ? PluralForms
    : { readonly [Id in keyof Text]: Translation<Text[Id]> };
export type CatalogueOf<Texts> = Translation<Omit<Texts, 'direction' | 'locale'>> & {
  /** A BCP 47 tag: decides plurals, lists and numbers. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
};

type English = typeof enFirst & typeof enInCall;

/**
 * Every word of the kit in one language: plain data, which a server can hand to the page. Texts hold `{name}` where
 * English does.
 *
 * @example
 * const words: CallWords = { ...german, start: { ...german.start, call: 'Klingeln' } };
 */
export type CallWords = CatalogueOf<English>;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type Values<Names extends string> = { readonly [Name in Names]: WordValue };
type Ready<Text> = Text extends string
  ? [NamesIn<Text>] extends [never]
    ? string
    : (values: Values<NamesIn<Text>>) => string
  : Text extends AnyPlural
    ? (values: { readonly count: number } & Values<Exclude<NamesIn<Text[keyof Text]>, 'count'>>) => string
    : { readonly [Id in keyof Text]: Ready<Text[Id]> };

/** The words of what any page may load. */
export type FirstWords = Ready<typeof enFirst>;

/**
 * The words of the kit, ready to be shown: a string, or a function where something is inserted.
 *
 * @example
 * const title = (words: Words) => words.incoming.name({ name: 'Alice' });
 */
export type Words = Ready<English>;

type Node = string | PluralForms | { readonly [id: string]: Node };
type Language = CatalogueOf<Pick<typeof enFirst, 'direction' | 'list' | 'locale'>>;

const prepared = new WeakMap<object, unknown>();

/** Prepares a catalogue, or a part of one that is whole in itself; the same catalogue always gives the same object. */
export function prepareWords(catalogue: Language & { readonly [id: string]: Node }): unknown {
  const known = prepared.get(catalogue);
  if (known) return known;
  const ready = readyNode(catalogue, inserter(catalogue));
  prepared.set(catalogue, ready);
  return ready;
}

/**
 * Makes a catalogue ready; the same catalogue always gives the same object.
 *
 * @example
 * readyWords(german).start.call // 'Anrufen'
 */
export const readyWords = (catalogue: CallWords): Words => prepareWords(catalogue) as Words;

type AnyValues = Values<string>;
type Inserter = {
  text(text: string, values: AnyValues): string;
  plural(forms: PluralForms, count: number): string;
};

const isPlural = (node: object): node is PluralForms => 'other' in node && typeof node.other === 'string';

function readyNode(node: Node, insert: Inserter): unknown {
  if (typeof node === 'string')
    return node.includes('{') ? (values: AnyValues) => insert.text(node, values) : node;
  if (isPlural(node))
    return (values: AnyValues & { count: number }) => insert.text(insert.plural(node, values.count), values);
  return Object.fromEntries(Object.entries(node).map(([id, below]) => [id, readyNode(below, insert)]));
}

/** Fills in texts of one language; what it needs of `Intl` is made when it is first used. */
function inserter({ locale, direction, list }: Language): Inserter {
  let numbers: Intl.NumberFormat | undefined;
  let plurals: Intl.PluralRules | undefined;
  let lists: Intl.ListFormat | undefined;
  const number = (value: number) => {
    numbers ??= new Intl.NumberFormat(locale, { useGrouping: false });
    return numbers.format(value);
  };
  const plural = (forms: PluralForms, count: number) => {
    plurals ??= new Intl.PluralRules(locale);
    return forms[plurals.select(count)] ?? forms.other;
  };
  const names = (given: readonly string[]) => {
    const shown = given.slice(0, given.length > 3 ? 2 : 3).map((name) => isolateText(name, direction));
    const count = given.length - shown.length;
    if (count > 0) shown.push(text(plural(list.others, count), { count }));
    lists ??= new Intl.ListFormat(locale);
    return lists.format(shown);
  };
  const shown = (value: WordValue) =>
    typeof value === 'number'
      ? number(value)
      : typeof value === 'string'
        ? isolateText(value, direction)
        : names(value);
  const text = (whole: string, values: AnyValues) =>
    whole.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = values[name];
      return value === undefined ? placeholder : shown(value);
    });
  return { text, plural };
}
