import { catalogues, translatorOf } from '@/languages/catalogues';

/** The English words, for functions that take them. */
export const t = translatorOf(catalogues.en, 'en-GB');
