import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { community } from './schema';
import type { Tx } from './store';

/** The next number of the database's counter; every view that changes takes one (CALLS.md, "Realtime"). */
export async function nextRevision(tx: Tx): Promise<number> {
  const [row] = await tx
    .update(community)
    .set({ revision: sql`${community.revision} + 1` })
    .where(eq(community.id, 1))
    .returning({ revision: community.revision });
  if (!row) throw new Error('the community row is missing: run the migrations');
  return row.revision;
}
