import 'server-only';
import { max } from 'drizzle-orm';
import { users } from './schema';
import type { Tx } from './store';

/**
 * Returns the number of the next person to join: one more than the highest so far. The calling code has locked the
 * community; the unique index holds it in any case.
 */
export async function nextJoinNumber(tx: Tx): Promise<number> {
  const [row] = await tx.select({ last: max(users.joinNumber) }).from(users);
  return (row?.last ?? 0) + 1;
}
