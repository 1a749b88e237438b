import { createContext, useContext } from 'react';
import { firstWords } from './first-words';
import type { FirstWords, Words } from './ready-words';

/** The app's words, ready; null: the kit's own English. Set by the provider. */
export const WordsContext = createContext<Words | null>(null);

/** The words of parts that any page may load: without words of the app's own, English comes in two pieces. */
export const useFirstWords = (): FirstWords => useContext(WordsContext) ?? firstWords();
