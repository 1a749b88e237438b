import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { pushDevices, pushOutbox } from '@/db/schema';
import type { PushDeps } from '@/lib/deps';
import type { Push } from './claim-pushes';

/** How the sending of a claimed row ended. */
export type Ending =
  /** The push service took it. */
  | { kind: 'taken' }
  /** Nothing was sent, and nothing is to be: the ring is quiet, or a window shows the message. */
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
export async function settlePush(
  deps: Pick<PushDeps, 'transaction' | 'clock'>,
  push: Push,
  ending: Ending,
): Promise<void> {
  const now = deps.clock.now();
  const mine = and(eq(pushOutbox.id, push.id), eq(pushOutbox.version, push.version));
  const untried = { tries: push.tries - 1 };
  await deps.transaction(async (tx) => {
    await lockRows(tx, { people: [push.userId] });
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
    if (push.kind === 'withdrawal' || push.kind === 'test') {
      await tx.delete(pushOutbox).where(mine);
      return;
    }
    // Kept, because the end of the ring, or that the message was read, is to be sent where it shows.
    const isUnseen = ending.kind === 'withheld' || ending.kind === 'refused';
    await tx
      .update(pushOutbox)
      .set({ isSettled: true, ...(isUnseen ? untried : {}) })
      .where(mine);
  });
}
