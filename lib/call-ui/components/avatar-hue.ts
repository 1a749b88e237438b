import { charactersOf, hueAt, isVisible } from '@parley/call-protocol';

/**
 * A hue for a person or group, the same on every device. It stays out of pure red (350–20) and
 * green (80–165), which mean decline and accept.
 *
 * @param dealt the person's own hue, which the server deals by join order; without it the id chooses one of the same
 * @example
 * <i style={{ background: `hsl(${avatarHue(person.id, person.hue)} 50% 40%)` }} />
 */
export function avatarHue(id: string, dealt?: number | undefined): number {
  if (dealt !== undefined) return dealt;
  let hash = 2166136261;
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  return hueAt(hash >>> 0);
}

/** The first character that shows: before it may stand joiners, marks of direction and the like. */
const firstOf = (word: string) => charactersOf(word).find(isVisible) ?? '';

/**
 * One letter, or two for a name of several Latin words; an emoji or a letter of any script counts.
 *
 * @example
 * initialsOf('Ada Lovelace') // 'AL'
 */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(isVisible);
  const first = firstOf(words[0] ?? '');
  const last = words.length > 1 ? firstOf(words.at(-1) ?? '') : '';
  const isLatin = /^\p{Script=Latin}+$/u;
  return (isLatin.test(first) && isLatin.test(last) ? first + last : first).toLocaleUpperCase() || '?';
}

/**
 * One letter for a group or whatever else is no person.
 *
 * @example
 * initialOf('Weekend trip') // 'W'
 */
export function initialOf(title: string): string {
  return firstOf(title).toLocaleUpperCase() || '?';
}
