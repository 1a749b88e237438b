import 'server-only';
import { sql } from 'drizzle-orm';
import { outcomeTotals } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Call } from './model/call';

type Change = { before: Call | null; after: Call };

/**
 * Adds what changes of calls decided to the totals of the metrics: ends, and rings that are final now. Comes last in a
 * transaction and goes through the totals in their order, because all calls share these few rows.
 */
export async function countOutcomes(tx: Tx, changes: readonly Change[]): Promise<void> {
  const counts = Map.groupBy(changes.flatMap(outcomesOf), ({ kind, outcome }) => `${kind} ${outcome}`);
  const totals = [...counts.values()].flatMap(([one, ...more]) =>
    one ? [{ ...one, total: 1 + more.length }] : [],
  );
  if (totals.length === 0) return;
  totals.sort((a, b) => (`${a.kind} ${a.outcome}` < `${b.kind} ${b.outcome}` ? -1 : 1));
  await tx
    .insert(outcomeTotals)
    .values(totals)
    .onConflictDoUpdate({
      target: [outcomeTotals.kind, outcomeTotals.outcome],
      set: { total: sql`${outcomeTotals.total} + excluded.total` },
    });
}

function outcomesOf({ before, after }: Change): { kind: 'call' | 'ring'; outcome: string }[] {
  const ended = before?.endReason === after.endReason ? null : after.endReason;
  const final = after.rings.filter((ring) => {
    const earlier = before?.rings.find((one) => one.id === ring.id);
    return ring.state !== 'ringing' && ring.state !== earlier?.state;
  });
  return [
    ...(ended ? [{ kind: 'call', outcome: ended } as const] : []),
    ...final.map((ring) => ({ kind: 'ring', outcome: ring.state }) as const),
  ];
}
