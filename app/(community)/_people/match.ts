import type { Person } from '@/lib/protocol';

/** True when what was typed is part of a name, whatever its case and accents. */
export function isMatch(user: Pick<Person, 'displayName' | 'username'>, typed: string): boolean {
  const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();
  const wanted = plain(typed.trim().replace(/^@/, ''));
  return plain(user.displayName).includes(wanted) || plain(user.username).includes(wanted);
}
