import 'server-only';
import { sql } from 'drizzle-orm';
import { outcomeTotals } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Call } from './model/call';

/**
 * Adds what a change of a call decided to the totals of the metrics: its end, and rings that are final now.
 *
 * @param before null: the call was just created
 */
export async function countOutcomes(tx: Tx, before: Call | null, after: Call): Promise<void> {
  const ended = before?.endReason === after.endReason ? null : after.endReason;
  const final = after.rings.filter((ring) => {
    const earlier = before?.rings.find((one) => one.id === ring.id);
    return ring.state !== 'ringing' && ring.state !== earlier?.state;
  });
  const totals = [
    ...(ended ? [{ kind: 'call', outcome: ended, total: 1 } as const] : []),
    ...Object.entries(Object.groupBy(final, (ring) => ring.state)).map(([outcome, rings]) => {
      return { kind: 'ring', outcome, total: rings.length } as const;
    }),
  ];
  if (totals.length === 0) return;
  await tx
    .insert(outcomeTotals)
    .values(totals)
    .onConflictDoUpdate({
      target: [outcomeTotals.kind, outcomeTotals.outcome],
      set: { total: sql`${outcomeTotals.total} + excluded.total` },
    });
}
