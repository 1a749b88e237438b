import 'server-only';
import { and, asc, gt, inArray, lte, min, notInArray, sql } from 'drizzle-orm';
import { isToBePushed } from '@/db/conditions';
import { lockRows } from '@/db/lock-rows';
import { pushOutbox } from '@/db/schema';
import { unheld } from '@/db/unheld';
import type { PushDeps } from '@/lib/deps';
import { dialTimeoutMs } from './dial';

export type Push = typeof pushOutbox.$inferSelect;
// Rows are chosen by their state alone, which each statement looks at again; those of other transactions are left out.
type Writing = Pick<PushDeps, 'transaction' | 'clock'>;

/** A claim outlives the sending. After a crash the rows are due again when it ends. */
export const claimMs = dialTimeoutMs + 3000;
/** Rows of a ring whose end was never noticed, and what could not be sent in time, are deleted after this. */
const keptAfterEndMs = 60_000;

/**
 * Claims rows that are due, for this process alone: of two servers that ask at once each row is one's. A claim that isn't
 * settled ends by itself, so that a crash loses no row.
 *
 * @param busy push services that shall not be sent more right now
 */
export async function claimDue(deps: Writing, busy: readonly string[], atMost: number): Promise<Push[]> {
  const now = deps.clock.now();
  return deps.transaction(async (tx) => {
    await lockRows(tx, {});
    const due = unheld(
      tx
        .select({ id: pushOutbox.id })
        .from(pushOutbox)
        .where(isDue(now, busy))
        .orderBy(asc(pushOutbox.dueAt))
        .limit(atMost),
    );
    return (
      tx
        .update(pushOutbox)
        .set({
          version: sql`${pushOutbox.version} + 1`,
          tries: sql`${pushOutbox.tries} + 1`,
          dueAt: now + claimMs,
        })
        // Once more: another server may have claimed a row since it was selected.
        .where(and(inArray(pushOutbox.id, due), isDue(now, busy)))
        .returning()
    );
  });
}

const isDue = (now: number, busy: readonly string[]) =>
  and(
    isToBePushed,
    lte(pushOutbox.dueAt, now),
    gt(pushOutbox.expiresAt, now),
    busy.length > 0 ? notInArray(pushOutbox.service, [...busy]) : undefined,
  );

/**
 * When the next row falls due, in milliseconds of `clock.now()`, or null.
 *
 * @param busy as in `claimDue`
 */
export async function readNextDue(
  { db, clock }: Pick<PushDeps, 'db' | 'clock'>,
  busy: readonly string[],
): Promise<number | null> {
  const [row] = await db
    .select({ at: min(pushOutbox.dueAt) })
    .from(pushOutbox)
    .where(
      and(
        isToBePushed,
        gt(pushOutbox.expiresAt, clock.now()),
        busy.length > 0 ? notInArray(pushOutbox.service, [...busy]) : undefined,
      ),
    );
  return row?.at ?? null;
}

/**
 * At a start: no row waits for a wall clock that was set back while Parley was down.
 *
 * @param longestPauseMs between two tries
 */
export async function resumePushes(deps: Writing, longestPauseMs: number): Promise<void> {
  const now = deps.clock.now();
  await deps.transaction(async (tx) => {
    await lockRows(tx, {});
    const late = and(isToBePushed, gt(pushOutbox.dueAt, now + Math.max(claimMs, longestPauseMs)));
    const ids = unheld(tx.select({ id: pushOutbox.id }).from(pushOutbox).where(late));
    await tx.update(pushOutbox).set({ dueAt: now }).where(inArray(pushOutbox.id, ids));
  });
}

/** Deletes what nothing is left to do for. */
export async function sweepOutbox(deps: Writing): Promise<void> {
  const endedBefore = deps.clock.now() - keptAfterEndMs;
  await deps.transaction(async (tx) => {
    await lockRows(tx, {});
    const old = lte(pushOutbox.expiresAt, endedBefore);
    const ids = unheld(tx.select({ id: pushOutbox.id }).from(pushOutbox).where(old));
    await tx.delete(pushOutbox).where(inArray(pushOutbox.id, ids));
  });
}
