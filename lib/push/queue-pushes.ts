import 'server-only';
import { randomBytes } from 'node:crypto';
import { and, asc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { requireLocked } from '@/db/lock-rows';
import { pushDevices, pushOutbox } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { CallId, DeviceId, RingId, SignInId, UserId } from '@/lib/ids';

type OutboxRow = typeof pushOutbox.$inferSelect;
type DeviceRow = typeof pushDevices.$inferSelect;

/** A ring that has begun, for the devices of its callee. */
export type PushedRing = {
  callId: CallId;
  ringId: RingId;
  userId: UserId;
  /** Nothing is sent, and the caller can't see that. */
  isQuiet: boolean;
  /** Milliseconds of `clock.now()`. */
  deadlineAt: number;
};

/** How long a device that is not connected is still to learn that a ring has ended. */
export const withdrawnForMs = 3600_000;
/** Due at once, whatever the clock shows. */
export const atOnce = 0;

/**
 * Writes what the devices of callees are to be sent for rings that begin, in the transaction that begins them.
 *
 * @returns whether there is anything to send
 */
export async function queueRings(tx: Tx, begun: readonly PushedRing[]): Promise<boolean> {
  const userIds = [...new Set(begun.map((ring) => ring.userId))];
  // A device that is saved or forgotten meanwhile comes before or after.
  requireLocked(tx, userIds);
  const devices = await inChunks(userIds, (ids) =>
    tx.select().from(pushDevices).where(inArray(pushDevices.userId, ids)),
  );
  const rows = begun.flatMap((ring) =>
    devices
      .filter((device) => device.userId === ring.userId)
      .map((device) => ({
        ...toDevice(device),
        about: ring.callId,
        ringId: ring.ringId,
        kind: 'ring' as const,
        isQuiet: ring.isQuiet,
        dueAt: atOnce,
        expiresAt: ring.deadlineAt,
        pass: randomBytes(24).toString('base64url'),
      })),
  );
  await insertRows(tx, rows);
  return rows.length > 0;
}

/**
 * Writes that rings have ended, in the transaction that ends them: what was never sent is not sent, and what was is
 * withdrawn, except where the call was answered.
 *
 * @param answeredBy sign-ins that are in the call now
 * @returns whether there is anything to send
 */
export async function queueWithdrawals(
  tx: Tx,
  callId: CallId,
  ringIds: readonly RingId[],
  answeredBy: readonly SignInId[] = [],
): Promise<boolean> {
  return withdraw(
    tx,
    and(eq(pushOutbox.about, callId), inArray(pushOutbox.ringId, [...ringIds])),
    answeredBy,
  );
}

/** The same for all rings of these devices. */
export async function withdrawFrom(tx: Tx, deviceIds: readonly DeviceId[]): Promise<void> {
  if (deviceIds.length > 0) await withdraw(tx, inArray(pushOutbox.deviceId, [...deviceIds]));
}

/**
 * Ends rows that are not withdrawn yet.
 *
 * @returns whether there is anything to send
 */
export async function withdraw(
  tx: Tx,
  which: SQL | undefined,
  answeredBy: readonly SignInId[] = [],
): Promise<boolean> {
  const isOpen = and(which, ne(pushOutbox.kind, 'withdrawal'));
  const found = await tx
    .select({ id: pushOutbox.id })
    .from(pushOutbox)
    .where(isOpen)
    .orderBy(asc(pushOutbox.deviceId));
  // One by one in the order of devices, as they are written. A claim that is being made is waited for here, and later
  // ones find no row as they left it: from here on it is certain which rows may have been sent.
  const rows: OutboxRow[] = [];
  for (const { id } of found)
    rows.push(
      ...(await tx
        .update(pushOutbox)
        .set({ version: sql`${pushOutbox.version} + 1` })
        .where(eq(pushOutbox.id, id))
        .returning()),
    );
  const mayShow = rows.filter(
    (row) => row.kind !== 'test' && row.tries > 0 && !answeredBy.includes(row.signInId),
  );
  const unseen = rows.filter((row) => !mayShow.includes(row));
  await inChunks(idsOf(unseen), (ids) =>
    tx.delete(pushOutbox).where(inArray(pushOutbox.id, ids)).returning({ id: pushOutbox.id }),
  );
  await inChunks(idsOf(mayShow), (ids) =>
    tx
      .update(pushOutbox)
      .set({
        kind: 'withdrawal',
        isSettled: false,
        tries: 0,
        dueAt: atOnce,
        expiresAt: sql`${pushOutbox.expiresAt} + ${withdrawnForMs}`,
        pass: null,
      })
      .where(inArray(pushOutbox.id, ids))
      .returning({ id: pushOutbox.id }),
  );
  return mayShow.length > 0;
}

const idsOf = (rows: readonly { id: number }[]) => rows.map((row) => row.id);

/** **Send a test**, in a transaction of its own. */
export async function queueTest(tx: Tx, device: DeviceRow, expiresAt: number): Promise<void> {
  await insertRows(tx, [{ ...toDevice(device), about: 'test', kind: 'test', dueAt: atOnce, expiresAt }]);
}

export const toDevice = ({ id, userId, signInId, endpoint, p256dh, auth }: DeviceRow) => ({
  deviceId: id,
  userId,
  signInId,
  endpoint,
  p256dh,
  auth,
  service: new URL(endpoint).host,
});

/**
 * A newer message takes the place of one about the same, also of one that is just being sent. In the order of devices, so
 * that no two transactions wait for one another.
 */
export async function insertRows(tx: Tx, given: readonly (typeof pushOutbox.$inferInsert)[]): Promise<void> {
  if (given.length === 0) return;
  const rows = given.toSorted((one, other) => (one.deviceId < other.deviceId ? -1 : 1));
  await tx
    .insert(pushOutbox)
    .values(rows)
    .onConflictDoUpdate({
      target: [pushOutbox.about, pushOutbox.deviceId],
      set: {
        endpoint: sql`excluded.endpoint`,
        p256dh: sql`excluded.p256dh`,
        auth: sql`excluded.auth`,
        service: sql`excluded.service`,
        ringId: sql`excluded.ring_id`,
        kind: sql`excluded.kind`,
        isQuiet: sql`excluded.is_quiet`,
        isSettled: false,
        version: sql`${pushOutbox.version} + 1`,
        // What shows of the ring before shows until this one takes its place: tries stay.
        dueAt: sql`excluded.due_at`,
        expiresAt: sql`excluded.expires_at`,
        pass: sql`excluded.pass`,
        isPassUsed: false,
      },
    });
}
