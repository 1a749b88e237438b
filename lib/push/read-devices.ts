import 'server-only';
import { and, asc, eq } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { pushDevices } from '@/db/schema';
import type { PushDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { DeviceId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { queueTest } from './queue-pushes';

/** A device as its person sees it in Settings; never its address or keys. */
export type DeviceView = {
  id: DeviceId;
  /** "Firefox · Linux"; empty where the browser does not say. */
  name: string;
  /** The browser that asks. */
  isThis: boolean;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Its push service refused the last message. */
  isRefused: boolean;
  /** Notifications of messages show there what they say. */
  showsText: boolean;
};

/** A test that a device does not receive within this is no longer wanted. */
const testMs = 60_000;

/** The viewer's devices, oldest first. */
export async function readDevices(
  { db }: Pick<PushDeps, 'db'>,
  { userId, signInId }: Viewer,
): Promise<DeviceView[]> {
  const rows = await db
    .select()
    .from(pushDevices)
    .where(eq(pushDevices.userId, userId))
    .orderBy(asc(pushDevices.createdAt), asc(pushDevices.id));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    isThis: row.signInId === signInId,
    createdAt: row.createdAt,
    isRefused: row.refusedAt !== null,
    showsText: row.showsText,
  }));
}

/**
 * **Send a test** to one of the viewer's devices.
 *
 * @throws {AppError} not_found — it is none of theirs
 */
export async function sendTest(
  deps: Pick<PushDeps, 'transaction' | 'clock' | 'pushSignal'>,
  { userId }: Viewer,
  deviceId: DeviceId,
): Promise<void> {
  await deps.transaction(async (tx) => {
    await lockRows(tx, { people: [userId] });
    const [device] = await tx
      .select()
      .from(pushDevices)
      .where(and(eq(pushDevices.id, deviceId), eq(pushDevices.userId, userId)));
    if (!device) throw new AppError('not_found', 'server.noSuchDevice');
    await queueTest(tx, device, deps.clock.now() + testMs);
  });
  deps.pushSignal.note();
}
