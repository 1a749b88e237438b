import { z } from 'zod/mini';

/**
 * Drawn as nothing although they count as symbols: the blank Braille pattern, the object replacement
 * character, blank hieroglyphs, the null notehead. No Unicode property covers these.
 */
const blankSymbols = '\\u2800\\uFFFC\\u{13441}\\u{13442}\\u{1D159}';
/** Format characters that are drawn: Unicode's Prepended_Concatenation_Mark, which regular expressions lack. */
const drawnFormats = '\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}';
/** Characters of a later Unicode version than the engine's (`Cn`) count, so that new emoji are not refused. */
const visible = new RegExp(
  `(?![\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}${blankSymbols}])` +
    `[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Co}\\p{Cn}${drawnFormats}]`,
  'u',
);

/**
 * Returns whether a text shows anything: at least one character that is drawn by itself. Spaces, format and
 * control characters, fillers, variation selectors, tags, and marks without a letter to stand on are not.
 */
export function isVisible(text: string): boolean {
  return visible.test(text);
}

/**
 * Trimmed text that shows something.
 * @param maxLength in UTF-16 units, as `maxlength` of a field counts
 * @param problem what to say of a text that shows nothing
 */
export const visibleText = (maxLength: number, problem: string) =>
  z.string().check(z.trim(), z.maxLength(maxLength), z.refine(isVisible, problem));

let segments: Intl.Segmenter | undefined;

/**
 * A text's characters as its reader sees them: an emoji of several code points, or a letter with marks, is one.
 * Code points where the browser has no `Intl.Segmenter` (Firefox before 125), so that importing this never throws.
 */
export function charactersOf(text: string): string[] {
  if (!('Segmenter' in Intl)) return [...text];
  segments ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...segments.segment(text)].map(({ segment }) => segment);
}

/** Counts the characters of `charactersOf`. */
export const countCharacters = (text: string): number => charactersOf(text).length;

/**
 * One line of text that may be left out: breaks and runs of spaces become one space, and a text that shows nothing
 * is null.
 * @param maxCharacters counted by `countCharacters`; marks on one letter are bounded with it, to eight UTF-16 units
 *   for each character
 */
export const optionalLine = (maxCharacters: number) =>
  z.pipe(
    z.string().check(
      z.maxLength(maxCharacters * 8),
      z.overwrite(oneLine),
      z.refine((line) => countCharacters(line) <= maxCharacters, `at most ${maxCharacters} characters`),
    ),
    z.transform((line) => (isVisible(line) ? line : null)),
  );

/** A text without line breaks and without spaces at its ends. */
export const oneLine = (text: string): string => text.replace(/[\s\u2028\u2029]+/gu, ' ').trim();

/** Trimmed text that may be left out; one that shows nothing is empty. */
export const optionalText = (maxLength: number) =>
  z.string().check(
    z.trim(),
    z.maxLength(maxLength),
    z.overwrite((text) => (isVisible(text) ? text : '')),
  );
