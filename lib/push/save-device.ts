import 'server-only';
import { and, desc, eq, isNull, ne, or } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { pushDevices, signIns } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { PushDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { type DeviceId, makeId, type UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { type Resolve, requireEndpoint, resolveName } from './endpoint';
import { forgetDevices } from './forget-devices';

/** Devices of one person; the oldest makes way for another. */
export const mostDevices = 10;

export type NewDevice = {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  /** The key of ours that the browser subscribed with. */
  serverKey: string;
  name: string;
};

/**
 * **Ring this device**: from now on this sign-in's browser is rung through its push service. One device for each sign-in;
 * a repeat changes it. A browser whose earlier sign-in was never ended belongs to the newer one, so that no person's calls
 * ring at another's.
 *
 * @param resolve how names are resolved. Default: as the system does
 * @throws {AppError} invalid_input — the push service is not in the public internet; conflict — the browser subscribed with
 * a key that is not ours any more; unauthenticated — the sign-in was revoked meanwhile
 */
export async function saveDevice(
  deps: PushDeps,
  { userId, signInId }: Viewer,
  { endpoint, keys, serverKey, name }: NewDevice,
  resolve: Resolve = resolveName,
): Promise<DeviceId> {
  const { publicKey } = await deps.pushKeys();
  if (serverKey !== publicKey) throw new AppError('conflict', 'server.subscribeAgain');
  // Before the transaction, which awaits queries only.
  await requireEndpoint(endpoint, { resolve, testOrigin: deps.env.PARLEY_TEST_PUSH_SERVICE });
  return deps.transaction(async (tx) => {
    await lockRows(tx, { people: async () => [userId, ...(await findOwners(tx, endpoint))] });
    const [signIn] = await tx
      .select({ id: signIns.id })
      .from(signIns)
      .where(and(eq(signIns.id, signInId), isNull(signIns.revokedAt)));
    if (!signIn) throw new AppError('unauthenticated');
    const known = await tx
      .select()
      .from(pushDevices)
      .where(or(eq(pushDevices.signInId, signInId), eq(pushDevices.endpoint, endpoint)));
    const same = known.find((one) => one.signInId === signInId && one.endpoint === endpoint);
    const others = known.filter((one) => one !== same);
    await forgetDevices(
      tx,
      others.map((one) => one.id),
    );
    const created = {
      id: same?.id ?? makeId('device'),
      userId,
      signInId,
      endpoint,
      ...keys,
      serverKey,
      name,
      createdAt: deps.clock.wallNow(),
    };
    const { id: _, ...changes } = created;
    await tx
      .insert(pushDevices)
      .values(created)
      .onConflictDoUpdate({ target: pushDevices.id, set: { ...changes, refusedAt: null } });
    const own = await tx
      .select({ id: pushDevices.id })
      .from(pushDevices)
      .where(and(eq(pushDevices.userId, userId), ne(pushDevices.id, created.id)))
      .orderBy(desc(pushDevices.createdAt), desc(pushDevices.id));
    await forgetDevices(
      tx,
      own.slice(mostDevices - 1).map((one) => one.id),
    );
    return created.id;
  });
}

/** Whose browser it was so far. */
async function findOwners(tx: Tx, endpoint: string): Promise<UserId[]> {
  const rows = await tx
    .select({ userId: pushDevices.userId })
    .from(pushDevices)
    .where(eq(pushDevices.endpoint, endpoint));
  return rows.map((row) => row.userId);
}

/**
 * **Stop ringing this device**: one of the viewer's own. One that is unknown or another person's stays as it is.
 *
 * @returns whether there was one
 */
export async function removeDevice(deps: PushDeps, { userId }: Viewer, deviceId: DeviceId): Promise<boolean> {
  return deps.transaction(async (tx) => {
    await lockRows(tx, { people: [userId] });
    const own = await tx
      .select({ id: pushDevices.id })
      .from(pushDevices)
      .where(and(eq(pushDevices.userId, userId), eq(pushDevices.id, deviceId)));
    await forgetDevices(
      tx,
      own.map((one) => one.id),
    );
    return own.length > 0;
  });
}

/**
 * What one of the viewer's devices shows.
 *
 * @throws {AppError} not_found — it is none of theirs
 */
export async function changeDevice(
  deps: Pick<PushDeps, 'transaction'>,
  { userId }: Viewer,
  deviceId: DeviceId,
  { showsText }: { showsText: boolean },
): Promise<void> {
  const changed = await deps.transaction(async (tx) => {
    await lockRows(tx, { people: [userId] });
    return tx
      .update(pushDevices)
      .set({ showsText })
      .where(and(eq(pushDevices.userId, userId), eq(pushDevices.id, deviceId)))
      .returning({ id: pushDevices.id });
  });
  if (changed.length === 0) throw new AppError('not_found', 'server.noSuchDevice');
}
