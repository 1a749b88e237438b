import 'server-only';
import { type CallWords, german } from '@parley/call-kit/words';
import { headers } from 'next/headers';
import { cache } from 'react';
import { translatorOf } from '@/languages/catalogues';
import type { Language } from '@/languages/languages';
import type { Translate } from '@/languages/translator';
import { deps } from '@/lib/deps';
import { languageOf, type ReadersLanguage } from '@/lib/http/request-language';

/** The language of the page that is being rendered. */
export const readLanguage = cache(
  async (): Promise<ReadersLanguage> => languageOf(await headers(), deps().env),
);

/** The call kit's words for the page; null where they are the kit's own English. */
export async function readCallWords(): Promise<CallWords | null> {
  const { tag, testCallWords } = await readLanguage();
  return (testCallWords as CallWords | null) ?? callWords[tag] ?? null;
}

const callWords: Readonly<Record<string, CallWords>> = { de: german } satisfies Record<
  Exclude<Language, 'en'>,
  CallWords
>;

/** Translates for server components and metadata; all sections are at hand. */
export const readText = cache(async (): Promise<Translate> => {
  const { catalogue, locale } = await readLanguage();
  return translatorOf(catalogue, locale);
});
