import { useContext } from 'react';
import { english } from './en';
import { readyWords, type Words } from './ready-words';
import { WordsContext } from './words-context';

/**
 * The words of the nearest provider, ready to be shown; English outside one.
 *
 * @example
 * const words = useWords();
 * return <button {...acceptProps}>{words.incoming.accept}</button>;
 */
export const useWords = (): Words => useContext(WordsContext) ?? readyWords(english);
