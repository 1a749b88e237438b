import { enFirst } from './en-first';
import { type FirstWords, prepareWords } from './ready-words';

/** What an app without words of its own shows before a call comes near, and outside a provider. */
export const firstWords = (): FirstWords => prepareWords(enFirst) as FirstWords;
