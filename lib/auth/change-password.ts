import 'server-only';
import { and, eq } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { AuthDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { countPasswordChange, forgetPasswordChanges } from '@/lib/http/rate-limit';
import type { SignInId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { hashPassword, verifyPassword } from './password';
import { revokeOtherSignIns } from './revoke-sign-ins';

/**
 * Checks the viewer's current password and hashes the new one, which takes too long for a transaction.
 *
 * @returns writes the new password and revokes every other sign-in of the viewer; throws invalid_input when the
 * password has changed meanwhile
 * @throws {AppError} invalid_input — wrong current password; rate_limited — too many attempts
 */
export async function preparePasswordChange(
  deps: AuthDeps,
  viewer: Viewer,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<(tx: Tx) => Promise<{ revoked: SignInId[] }>> {
  await countPasswordChange(deps, viewer.signInId);
  const [person] = await deps.db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, viewer.userId));
  if (!person) throw new AppError('unauthenticated');
  if (!(await verifyPassword(currentPassword, person.passwordHash))) throw wrongPassword();
  await forgetPasswordChanges(deps, viewer.signInId);
  const passwordHash = await hashPassword(newPassword);
  return async (tx) => {
    const changed = await tx
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, viewer.userId), eq(users.passwordHash, person.passwordHash)))
      .returning({ id: users.id });
    if (changed.length === 0) throw wrongPassword();
    const wallNow = deps.clock.wallNow();
    return { revoked: await revokeOtherSignIns(tx, wallNow, viewer.userId, viewer.signInId) };
  };
}

function wrongPassword(): AppError {
  return new AppError('invalid_input', 'server.wrongCurrentPassword');
}
