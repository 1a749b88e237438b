import 'server-only';
import { inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { pushDevices, pushOutbox } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { DeviceId, SignInId } from '@/lib/ids';
import { withdraw } from './queue-pushes';

/**
 * Deletes devices in the transaction of what requires it. Nothing more is sent to them, except that what shows there is
 * withdrawn.
 */
export async function forgetDevices(tx: Tx, deviceIds: readonly DeviceId[]): Promise<void> {
  await inChunks(deviceIds, (ids) =>
    tx.delete(pushDevices).where(inArray(pushDevices.id, ids)).returning({ id: pushDevices.id }),
  );
  const rows = await inChunks(deviceIds, (ids) =>
    tx.select().from(pushOutbox).where(inArray(pushOutbox.deviceId, ids)),
  );
  await withdraw(tx, rows);
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
