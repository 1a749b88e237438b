import compile from 'icu-minify/compile';
import type { CompiledMessage } from 'icu-minify/format';
import de from './de.json';
import en from './en.json';
import type { Language } from './languages';
import { createTranslator, type Messages, type Section, type Translate } from './translator';

/** One language's messages in ICU syntax, by section and name. */
export type Catalogue = typeof en;

/** All catalogues. English is the source: the others have its ids and parameters. */
export const catalogues: Record<Language, Catalogue> = { en, de };

const compiled = new WeakMap<Catalogue, Map<Section, Record<string, CompiledMessage>>>();

/**
 * Compiles sections of a catalogue, each once in the life of the process. Belongs on the server: the parser is ten
 * times the size of what a browser needs to show compiled messages.
 */
export function messagesOf(catalogue: Catalogue, sections: readonly Section[]): Messages {
  const known = compiled.get(catalogue) ?? new Map<Section, Record<string, CompiledMessage>>();
  compiled.set(catalogue, known);
  return Object.fromEntries(
    sections.map((section) => {
      const messages = known.get(section) ?? compileSection(catalogue[section]);
      known.set(section, messages);
      return [section, messages];
    }),
  );
}

function compileSection(section: Readonly<Record<string, string>>): Record<string, CompiledMessage> {
  const messages = Object.entries(section).map(([name, text]) => [name, compile(text)]);
  // The compiler makes objects without a prototype, which React does not send to the browser.
  return JSON.parse(JSON.stringify(Object.fromEntries(messages)));
}

/** A translator over every section, for what the server itself writes. */
export function translatorOf(catalogue: Catalogue, locale: string): Translate {
  return createTranslator(locale, messagesOf(catalogue, Object.keys(catalogue) as Section[]));
}
