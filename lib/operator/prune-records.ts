import 'server-only';
import { and, gte, inArray, isNotNull, lt, or } from 'drizzle-orm';
import { callTriggers, links } from '@/db/schema';
import type { Tx } from '@/db/store';
import { pruneSignIns } from '@/lib/auth/prune-sign-ins';
import type { Deps } from '@/lib/deps';
import { underLease } from '@/lib/lease';

type Pruning = Pick<Deps, 'transaction' | 'clock' | 'env'>;
type TimedPruning = Pruning & Pick<Deps, 'lease' | 'log'>;

/** How long a record is kept after its end, as docs/operating.md says: 30 days. */
const keptMs = 30 * 24 * 3600 * 1000;
/** Rows deleted in one transaction, so that no command waits long for the write lock. */
const batchSize = 1000;
const everyMs = 3600 * 1000;

/**
 * Deletes the lines of calls' stories, the sign-ins and the links that ended more than 30 days ago. Safe at
 * any time and any number of times: each batch is a transaction of its own, and every deleted sign-in or link
 * was already refused.
 *
 * @returns how many rows were deleted
 */
export async function pruneRecords(deps: Pruning): Promise<number> {
  const before = deps.clock.wallNow() - keptMs;
  let deleted = 0;
  for (const prune of [
    (tx: Tx) => pruneCallTriggers(tx, before),
    (tx: Tx) => pruneSignIns(tx, deps.env, before, batchSize),
    (tx: Tx) => pruneLinks(tx, before),
  ]) {
    for (let count = batchSize; count === batchSize; deleted += count) count = await deps.transaction(prune);
  }
  return deleted;
}

/**
 * Prunes every hour until it is stopped, at the server process that has the lease. Not at boot: a machine whose clock is wrong when it starts would
 * delete records that have not ended yet.
 *
 * @returns stops it
 */
export function startPruning(deps: TimedPruning): () => void {
  const pruning = underLease<Pruning>(deps, deps.lease);
  const timer = setInterval(() => {
    if (!deps.lease.isHeld()) return;
    pruneRecords(pruning).catch((error: unknown) =>
      deps.log.error({ err: error }, 'old records were not pruned; the next hour tries again'),
    );
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

async function pruneCallTriggers(tx: Tx, before: number): Promise<number> {
  const old = tx
    .select({ id: callTriggers.id })
    .from(callTriggers)
    .where(lt(callTriggers.happenedAt, before))
    .limit(batchSize);
  const rows = await tx
    .delete(callTriggers)
    .where(inArray(callTriggers.id, old))
    .returning({ id: callTriggers.id });
  return rows.length;
}

/** Revoked, expired and used-up links. */
async function pruneLinks(tx: Tx, before: number): Promise<number> {
  const isUsedUp = and(
    isNotNull(links.maxUses),
    gte(links.useCount, links.maxUses),
    lt(links.usedAt, before),
  );
  const old = tx
    .select({ id: links.id })
    .from(links)
    .where(or(lt(links.revokedAt, before), lt(links.expiresAt, before), isUsedUp))
    .limit(batchSize);
  const rows = await tx.delete(links).where(inArray(links.id, old)).returning({ id: links.id });
  return rows.length;
}
