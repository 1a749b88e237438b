import 'server-only';
import { and, eq, isNull, ne } from 'drizzle-orm';
import { signIns } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { SignInId, UserId } from '@/lib/ids';
import { forgetDevicesOf } from '@/lib/push/forget-devices';

/** No device of a revoked sign-in rings any more, whatever revokes it. */
async function withDevices(tx: Tx, rows: readonly { id: SignInId }[]): Promise<SignInId[]> {
  const signInIds = rows.map((row) => row.id);
  await forgetDevicesOf(tx, signInIds);
  return signInIds;
}

/**
 * Revokes one sign-in for good. The calling command closes its streams and ends what it holds in calls.
 *
 * @returns the sign-in, or nothing when it was revoked before
 */
export async function revokeSignIn(tx: Tx, wallNow: number, signInId: SignInId): Promise<SignInId[]> {
  const rows = await tx
    .update(signIns)
    .set({ revokedAt: wallNow })
    .where(and(eq(signIns.id, signInId), isNull(signIns.revokedAt)))
    .returning({ id: signIns.id });
  return withDevices(tx, rows);
}

/** Revokes a person's other sign-ins in the transaction of the change that requires it. */
export async function revokeOtherSignIns(
  tx: Tx,
  wallNow: number,
  userId: UserId,
  exceptSignInId: SignInId | null,
): Promise<SignInId[]> {
  const rows = await tx
    .update(signIns)
    .set({ revokedAt: wallNow })
    .where(
      and(
        eq(signIns.userId, userId),
        isNull(signIns.revokedAt),
        ...(exceptSignInId ? [ne(signIns.id, exceptSignInId)] : []),
      ),
    )
    .returning({ id: signIns.id });
  return withDevices(tx, rows);
}
