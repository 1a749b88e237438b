import 'server-only';
import { max } from 'drizzle-orm';
import { nextRevision } from './revision';
import { users } from './schema';
import type { Tx } from './store';

/**
 * Returns the number of the next person to join: one more than the highest so far. Takes the transaction's revision
 * first, whose row two registrations on a database server would wait for; the unique index holds it in any case.
 */
export async function nextJoinNumber(tx: Tx): Promise<number> {
  await nextRevision(tx);
  const [row] = await tx.select({ last: max(users.joinNumber) }).from(users);
  return (row?.last ?? 0) + 1;
}
