import 'server-only';
import { and, eq, gt } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { pushOutbox } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { PushDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId, RingId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';

/** The ring that this sign-in's device was sent, as long as it rings. */
const sentRing = ({ signInId }: Viewer, ringId: RingId, now: number) =>
  and(
    eq(pushOutbox.ringId, ringId),
    eq(pushOutbox.signInId, signInId),
    eq(pushOutbox.kind, 'ring'),
    eq(pushOutbox.isPassUsed, false),
    gt(pushOutbox.expiresAt, now),
  );

/** Returns what a window of this sign-in needs to accept the ring from its notification; null: it can't any more. */
export async function readPass(
  q: Readable,
  viewer: Viewer,
  ring: { callId: CallId; ringId: RingId },
  now: number,
): Promise<string | null> {
  const [row] = await q
    .select({ pass: pushOutbox.pass })
    .from(pushOutbox)
    .where(and(eq(pushOutbox.about, ring.callId), sentRing(viewer, ring.ringId, now)));
  return row?.pass ?? null;
}

/**
 * **Accept** in a notification opens a window, which must not enter a call only because of the address it was opened with:
 * it needs the secret that the device's worker handed it. It works once, for this sign-in, and while the ring rings.
 *
 * @returns the call to accept
 * @throws {AppError} not_allowed — the secret is wrong or was used, or the ring has ended
 */
export async function redeemPass(
  deps: Pick<PushDeps, 'transaction' | 'clock'>,
  viewer: Viewer,
  { ringId, pass }: { ringId: RingId; pass: string },
): Promise<{ callId: CallId }> {
  const now = deps.clock.now();
  const [row] = await deps.transaction(async (tx) => {
    await lockRows(tx, { people: [viewer.userId] });
    return tx
      .update(pushOutbox)
      .set({ isPassUsed: true })
      .where(and(eq(pushOutbox.pass, pass), sentRing(viewer, ringId, now)))
      .returning({ callId: pushOutbox.about });
  });
  if (!row) throw new AppError('not_allowed', 'server.notificationUsed');
  return { callId: row.callId as CallId };
}
