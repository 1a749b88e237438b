import 'server-only';
import { sql } from 'drizzle-orm';
import { outcomeTotals } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Call } from './model/call';

type Kind = (typeof outcomeTotals.$inferSelect)['kind'];

/**
 * Adds what a change of a call decided to the totals of the metrics: its end, and rings that are final now.
 *
 * @param before null: the call was just created
 */
export async function countOutcomes(tx: Tx, before: Call | null, after: Call): Promise<void> {
  if (after.endReason !== null && before?.endReason !== after.endReason)
    await add(tx, 'call', after.endReason);
  for (const ring of after.rings) {
    const earlier = before?.rings.find((one) => one.id === ring.id);
    if (ring.state !== 'ringing' && ring.state !== earlier?.state) await add(tx, 'ring', ring.state);
  }
}

async function add(tx: Tx, kind: Kind, outcome: string): Promise<void> {
  await tx
    .insert(outcomeTotals)
    .values({ kind, outcome, total: 1 })
    .onConflictDoUpdate({
      target: [outcomeTotals.kind, outcomeTotals.outcome],
      set: { total: sql`${outcomeTotals.total} + 1` },
    });
}
