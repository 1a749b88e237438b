/** A person whose name is not known, or not yet. */
export const someone = 'Someone';

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

/**
 * The length of a call in words, from milliseconds, in whole seconds, minutes or hours that have gone by, at least
 * one second: "40 s", "12 min", "1 h 5 min".
 *
 * @example
 * lengthInWords(724_000) // '12 min'
 */
export function lengthInWords(ms: number): string {
  const seconds = Math.max(1, Math.floor(ms / 1000) || 0);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** Whole seconds that are left, never less than zero; the last fraction still counts as one. */
export function secondsLeft(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000));
}

const rightToLeft = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}\u200f]/u;

/**
 * A name, or other words of a person, that keep their own direction inside a sentence: with right-to-left letters
 * in them they come between U+2068 and U+2069, so that they do not turn the words around them.
 *
 * @example
 * `${isolateText(person.displayName)} declined`
 */
export function isolateText(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/**
 * Names as people say them: "Bob", "Bob and Carol", "Bob, Carol and Dave", "Bob, Carol and 3 others".
 *
 * @example
 * joinNames(people.map((person) => person.displayName))
 */
export function joinNames(given: readonly string[]): string {
  const names = given.map(isolateText);
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= 3) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} others`;
}

/** Returns the words for a participant's connection quality; null while it is unknown. */
export const qualityWords = {
  excellent: 'Good connection',
  good: 'Good connection',
  weak: 'Weak connection',
  lost: 'Connection lost',
  unknown: '',
} as const;
