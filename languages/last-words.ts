import type { Language } from './languages';

/**
 * The words of the page that stands in when the layout itself has failed: in all languages, because no catalogue has
 * been sent then.
 */
export const lastWords: Record<Language, { title: string; detail: string; tryAgain: string }> = {
  en: {
    title: 'Parley didn’t load',
    detail: 'Something went wrong on our side.',
    tryAgain: 'Try again',
  },
  de: {
    title: 'Parley wurde nicht geladen',
    detail: 'Bei uns ist etwas schiefgegangen.',
    tryAgain: 'Erneut versuchen',
  },
};
