import 'server-only';
import { max } from 'drizzle-orm';
import { nextRevision } from './revision';
import { conversations } from './schema';
import type { Tx } from './store';

/**
 * Returns the number of the next group: one more than the highest so far. Takes the transaction's revision first, whose
 * row two creations on a database server would wait for; the unique index holds it in any case.
 */
export async function nextGroupNumber(tx: Tx): Promise<number> {
  await nextRevision(tx);
  const [row] = await tx.select({ last: max(conversations.groupNumber) }).from(conversations);
  return (row?.last ?? 0) + 1;
}
