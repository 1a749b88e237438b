/**
 * A running time, from milliseconds: "0:07", "12:04", "1:02:09". Negative and broken input counts as zero.
 *
 * @example
 * <span role="timer">{formatDuration(useDuration() ?? 0)}</span>
 */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000) || 0);
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = String(seconds % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** Whole seconds that are left, never less than zero; the last fraction still counts as one. */
export function secondsLeft(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000));
}

const rightToLeft = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}\u200f]/u;

/**
 * A name, or other words of a person, that keep their own direction inside a sentence: with right-to-left letters
 * in them they come between U+2068 and U+2069, so that they do not turn the words around them. In a sentence that runs
 * from right to left all of them do.
 *
 * @param direction of the sentence
 * @example
 * `${isolateText(person.displayName)} declined`
 */
export function isolateText(text: string, direction: 'ltr' | 'rtl' = 'ltr'): string {
  return direction === 'rtl' || rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}
