import 'server-only';
import { max } from 'drizzle-orm';
import { conversations } from './schema';
import type { Tx } from './store';

/**
 * Returns the number of the next group: one more than the highest so far. The calling code has locked the community; the
 * unique index holds it in any case.
 */
export async function nextGroupNumber(tx: Tx): Promise<number> {
  const [row] = await tx.select({ last: max(conversations.groupNumber) }).from(conversations);
  return (row?.last ?? 0) + 1;
}
