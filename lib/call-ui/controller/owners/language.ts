import { firstWords } from '../../words/first-words';
import type { FirstWords } from '../../words/ready-words';
import type { Cell } from '../state-store';

export type LanguageState = {
  /** For what stands outside the page: titles and notifications. Null: the kit's own English. */
  words: FirstWords | null;
};

export const firstLanguage: LanguageState = { words: null };

/** The language of the provider, which may change at any time; `onChange` follows in what is kept as text. */
export type Language = {
  setWords(words: FirstWords | null): void;
};

export const createLanguage = (cell: Cell<LanguageState>, onChange: () => void): Language => ({
  setWords(words) {
    cell.set({ words });
    onChange();
  },
});

/** The words of the provider, where no component is at hand that has them from its context. */
export const wordsIn = ({ words }: LanguageState): FirstWords => words ?? firstWords();
