import 'server-only';
import { and, asc, eq, gt, inArray, lte, min, notInArray, sql } from 'drizzle-orm';
import { isToBePushed } from '@/db/conditions';
import { pushDevices, pushOutbox } from '@/db/schema';
import type { PushDeps } from '@/lib/deps';
import { dialTimeoutMs } from './dial';

export type Push = typeof pushOutbox.$inferSelect;
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
    const due = tx
      .select({ id: pushOutbox.id })
      .from(pushOutbox)
      .where(isDue(now, busy))
      .orderBy(asc(pushOutbox.dueAt))
      .limit(atMost);
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

/** How the sending of a claimed row ended. */
export type Ending =
  /** The push service took it. */
  | { kind: 'taken' }
  /** Nothing was sent, and nothing is to be: the ring is quiet. */
  | { kind: 'withheld' }
  /** Nothing was sent yet: a window of the device is in front. */
  | { kind: 'postponed'; untilMs: number }
  /** To be sent again. */
  | { kind: 'again'; untilMs: number }
  /** It may have been taken, and there is no time for another try. */
  | { kind: 'given_up' }
  /** The push service, or the address rules, refused it. */
  | { kind: 'refused' }
  /** The push service does not know the device any more. */
  | { kind: 'unknown_device' };

/**
 * Records how the sending of a claimed row ended, unless the row has changed since: then what changed it decides.
 *
 * @param untilMs of an ending: from now on
 */
export async function settlePush(deps: Writing, push: Push, ending: Ending): Promise<void> {
  const now = deps.clock.now();
  const mine = and(eq(pushOutbox.id, push.id), eq(pushOutbox.version, push.version));
  const untried = { tries: push.tries - 1 };
  await deps.transaction(async (tx) => {
    const device = and(eq(pushDevices.id, push.deviceId), eq(pushDevices.endpoint, push.endpoint));
    if (ending.kind === 'unknown_device') {
      await tx.delete(pushDevices).where(device);
      await tx
        .delete(pushOutbox)
        .where(and(eq(pushOutbox.deviceId, push.deviceId), eq(pushOutbox.endpoint, push.endpoint)));
      return;
    }
    if (ending.kind === 'refused')
      await tx.update(pushDevices).set({ refusedAt: deps.clock.wallNow() }).where(device);
    if (ending.kind === 'taken')
      await tx
        .update(pushDevices)
        .set({ refusedAt: null })
        .where(and(device, sql`${pushDevices.refusedAt} is not null`));
    if (ending.kind === 'postponed' || ending.kind === 'again') {
      const tried = ending.kind === 'postponed' ? untried : {};
      await tx
        .update(pushOutbox)
        .set({ ...tried, dueAt: now + ending.untilMs })
        .where(mine);
      return;
    }
    if (push.kind !== 'ring') {
      await tx.delete(pushOutbox).where(mine);
      return;
    }
    // Kept, because the end of the ring is to be sent where the ring was.
    const isUnseen = ending.kind === 'withheld' || ending.kind === 'refused';
    await tx
      .update(pushOutbox)
      .set({ isSettled: true, ...(isUnseen ? untried : {}) })
      .where(mine);
  });
}

/**
 * At a start: no row waits for a wall clock that was set back while Parley was down.
 *
 * @param longestPauseMs between two tries
 */
export async function resumePushes(deps: Writing, longestPauseMs: number): Promise<void> {
  const now = deps.clock.now();
  await deps.transaction(async (tx) => {
    await tx
      .update(pushOutbox)
      .set({ dueAt: now })
      .where(and(isToBePushed, gt(pushOutbox.dueAt, now + Math.max(claimMs, longestPauseMs))));
  });
}

/** Deletes what nothing is left to do for. */
export async function sweepOutbox(deps: Writing): Promise<void> {
  const endedBefore = deps.clock.now() - keptAfterEndMs;
  await deps.transaction(async (tx) => {
    await tx.delete(pushOutbox).where(lte(pushOutbox.expiresAt, endedBefore));
  });
}
