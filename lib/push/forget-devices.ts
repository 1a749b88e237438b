import 'server-only';
import { inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { requireLocked } from '@/db/lock-rows';
import { pushDevices } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { DeviceId, SignInId } from '@/lib/ids';
import { withdrawFrom } from './queue-pushes';

/**
 * Deletes devices in the transaction of what requires it. Nothing more is sent to them, except that what shows there is
 * withdrawn.
 */
export async function forgetDevices(tx: Tx, deviceIds: readonly DeviceId[]): Promise<void> {
  const forgotten = await inChunks(deviceIds, (ids) =>
    tx.delete(pushDevices).where(inArray(pushDevices.id, ids)).returning({ userId: pushDevices.userId }),
  );
  requireLocked(
    tx,
    forgotten.map((one) => one.userId),
  );
  await withdrawFrom(tx, deviceIds);
}

/** The same for the devices of sign-ins that are revoked in this transaction. */
export async function forgetDevicesOf(tx: Tx, signInIds: readonly SignInId[]): Promise<void> {
  const devices = await inChunks(signInIds, (ids) =>
    tx.select({ id: pushDevices.id }).from(pushDevices).where(inArray(pushDevices.signInId, ids)),
  );
  await forgetDevices(
    tx,
    devices.map((one) => one.id),
  );
}
