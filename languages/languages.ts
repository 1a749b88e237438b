/** The languages that people can choose, each by its own name. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

/** Spoken where no other language fits, and in logs. */
export const defaultLanguage: Language = 'en';

/** Keeps what a person chose in Settings; without it the browser's languages decide. */
export const languageCookie = 'parley-language';

/** Scripts that are written from right to left, of the languages that software is commonly translated into. */
const rightToLeft = /^(ar|fa|he|ur)\b/;

export const directionOf = (tag: string): 'ltr' | 'rtl' => (rightToLeft.test(tag) ? 'rtl' : 'ltr');
