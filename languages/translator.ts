import format, { type CompiledMessage, type FormatOptions } from 'icu-minify/format';
import type en from './en.json';
import type { MessageParameters } from './message-parameters';

export type Section = keyof typeof en;
export type MessageId = { [Name in Section]: `${Name}.${Extract<keyof (typeof en)[Name], string>}` }[Section];

/** What a message needs besides its id: nothing, or an object with each of its parameters. */
export type Parameters<Id extends MessageId> = Id extends keyof MessageParameters
  ? [parameters: MessageParameters[Id]]
  : [];

/** Compiled messages by section and name; plain data, so that a server can send them. */
export type Messages = { readonly [Name in Section]?: Readonly<Record<string, CompiledMessage>> };

/**
 * Returns a message in words. The ids and their parameters are those of `en.json`.
 *
 * @example
 * t('ui.close');
 * t('ui.tooLong', { count: 3 });
 */
export type Translate = {
  <Id extends MessageId>(id: Id, ...parameters: Parameters<Id>): string;
  /** What `Intl` writes times, lists and numbers in: the language, with the reader's region where it is known. */
  readonly locale: string;
};

/** Makes the function that turns ids into words of one language. */
export function createTranslator(locale: string, messages: Messages): Translate {
  const options = { formatters: formattersOf(locale) };
  const translate = (id: MessageId, parameters?: Record<string, string | number>) => {
    const [section, name] = id.split('.') as [Section, string];
    const message = messages[section]?.[name];
    // The types allow known ids only; a section that a page was not sent must not take the page down.
    return message === undefined ? id : String(format(message, locale, parameters, options));
  };
  return Object.assign(translate, { locale }) as Translate;
}

/** Making one of `Intl`'s formatters takes longer than a hundred uses of it. Messages hold no dates. */
function formattersOf(locale: string): FormatOptions['formatters'] {
  let numbers: Intl.NumberFormat | undefined;
  let plurals: Intl.PluralRules | undefined;
  return {
    getDateTimeFormat: (...args) => new Intl.DateTimeFormat(...args),
    getNumberFormat: () => (numbers ??= new Intl.NumberFormat(locale)),
    getPluralRules: () => (plurals ??= new Intl.PluralRules(locale)),
  };
}
