/**
 * The kit's words in the languages that there are: plain data without React, so that a page's server picks one and
 * hands it to `words` of the provider; the others are not sent.
 */
export { german } from './words/de';
export { english } from './words/en';
export { pseudoWords } from './words/pseudo';
export {
  type CallWords,
  type PluralForms,
  readyWords,
  type Words,
  type WordValue,
} from './words/ready-words';
export { wordFlaws } from './words/word-flaws';
