import type { Person } from '@parley/call-protocol';
import { foldName } from '@/lib/users/fold-name';

const order = new Intl.Collator('en');

/** Puts names in their order: the same on the server and in every browser, or the page would change as it loads. */
export const byText = (a: string, b: string): number => order.compare(a, b);

/** Puts people in the order of their names. */
export const byName = (a: Pick<Person, 'displayName'>, b: Pick<Person, 'displayName'>): number =>
  byText(a.displayName, b.displayName);

/** True when what was typed is part of a name, whatever its case and accents. */
export function isMatch(user: Pick<Person, 'displayName' | 'username'>, typed: string): boolean {
  const wanted = foldName(typed).replace(/^@/, '');
  return foldName(user.displayName).includes(wanted) || foldName(user.username).includes(wanted);
}
