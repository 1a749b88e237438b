import 'server-only';
import { readFileSync } from 'node:fs';
import { match } from '@formatjs/intl-localematcher';
import Negotiator from 'negotiator';
import { type Catalogue, catalogues } from '@/languages/catalogues';
import {
  defaultLanguage,
  directionOf,
  type Language,
  languageCookie,
  languages,
} from '@/languages/languages';
import type { Env } from '@/lib/env';
import type { ReadableHeaders } from '@/lib/viewer';

/** What the reader of a response reads. */
export type ReadersLanguage = {
  /** BCP 47, for `<html lang>`. */
  tag: string;
  direction: 'ltr' | 'rtl';
  /** For `Intl`: the same language with the reader's region where the browser names one. */
  locale: string;
  /** What the person chose in Settings; null follows the browser. */
  choice: Language | null;
  catalogue: Catalogue;
  /** The call kit's words of a language that only tests see; null for languages that people read. */
  testCallWords: unknown;
};

/** What `PARLEY_TEST_LANGUAGE` names: a catalogue of the app and one of the call kit. */
type TestWords = { messages: Catalogue; callWords: unknown };

const known = Object.keys(languages) as Language[];
const isLanguage = (text: string | undefined): text is Language => known.some((one) => one === text);

/**
 * Decides the language of a request: the person's choice (a cookie), else the best match of what the browser prefers
 * (`Accept-Language`), else English.
 */
export function languageOf(
  headers: ReadableHeaders,
  env: Pick<Env, 'PARLEY_TEST_LANGUAGE'>,
): ReadersLanguage {
  const chosen = cookieIn(headers);
  if (env.PARLEY_TEST_LANGUAGE && chosen && /-X[AB]$/.test(chosen)) {
    const { messages: catalogue, callWords: testCallWords } = readTestWords(env.PARLEY_TEST_LANGUAGE);
    const direction = directionOf(chosen);
    return { tag: chosen, direction, locale: 'en-GB', choice: null, catalogue, testCallWords };
  }
  const wanted = preferredBy(headers);
  const choice = isLanguage(chosen) ? chosen : null;
  const language = choice ?? (match(wanted, known, defaultLanguage) as Language);
  const locale = wanted.find((tag) => tag.startsWith(`${language}-`)) ?? regionless[language];
  const direction = directionOf(language);
  return { tag: language, direction, locale, choice, catalogue: catalogues[language], testCallWords: null };
}

/** Where no region is known. Plain `en` would write dates as in the United States. */
const regionless: Record<Language, string> = { en: 'en-GB', de: 'de' };

function cookieIn(headers: ReadableHeaders): string | undefined {
  const pair = headers
    .get('cookie')
    ?.split(';')
    .find((one) => one.trim().startsWith(`${languageCookie}=`));
  return pair?.slice(pair.indexOf('=') + 1).trim();
}

/** The browser's languages, most wanted first; tags that are none are left out. */
function preferredBy(headers: ReadableHeaders): string[] {
  const header = headers.get('accept-language');
  if (!header) return [];
  return new Negotiator({ headers: { 'accept-language': header } }).languages().flatMap((tag) => {
    try {
      return tag === '*' ? [] : Intl.getCanonicalLocales(tag);
    } catch {
      return [];
    }
  });
}

const testWords = new Map<string, TestWords>();

/** The words of a language that only tests see; once the file is read, they stay as they were. */
function readTestWords(path: string): TestWords {
  const words = testWords.get(path) ?? (JSON.parse(readFileSync(path, 'utf8')) as TestWords);
  testWords.set(path, words);
  return words;
}
