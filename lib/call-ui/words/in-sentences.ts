import { firstWords } from './first-words';
import type { FirstWords } from './ready-words';

/**
 * The length of a call in words, from milliseconds, in whole seconds, minutes or hours that have gone by, at least
 * one second: "40 s", "12 min", "1 h 5 min".
 *
 * @param words Default: English
 * @example
 * lengthInWords(724_000) // '12 min'
 */
export function lengthInWords(ms: number, { length }: Pick<FirstWords, 'length'> = firstWords()): string {
  const seconds = Math.max(1, Math.floor(ms / 1000) || 0);
  if (seconds < 60) return length.seconds({ seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return length.minutes({ minutes });
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? length.hours({ hours }) : length.hoursAndMinutes({ hours, minutes: rest });
}

/**
 * Names as people say them: "Bob", "Bob and Carol", "Bob, Carol and Dave", "Bob, Carol and 3 others".
 *
 * @param words Default: English
 * @example
 * joinNames(people.map((person) => person.displayName))
 */
export function joinNames(
  names: readonly string[],
  { list }: Pick<FirstWords, 'list'> = firstWords(),
): string {
  return list.all({ names });
}
