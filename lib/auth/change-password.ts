import 'server-only';
import { and, eq } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { countPasswordChange, forgetPasswordChanges } from '@/lib/http/rate-limit';
import type { SignInId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { hashPassword, verifyPassword } from './password';
import { revokeOtherSignIns } from './revoke-sign-ins';

/**
 * Sets a new password and revokes every other sign-in of the viewer in the same transaction.
 *
 * @returns the revoked sign-ins
 * @throws {AppError} invalid_input — wrong current password; rate_limited — too many attempts
 */
export async function changePassword(
  deps: Deps,
  viewer: Viewer,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<SignInId[]> {
  await countPasswordChange(deps, viewer.signInId);
  const [person] = await deps.db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, viewer.userId));
  if (!person) throw new AppError('unauthenticated');
  if (!(await verifyPassword(currentPassword, person.passwordHash))) throw wrongPassword();
  await forgetPasswordChanges(deps, viewer.signInId);
  const passwordHash = await hashPassword(newPassword);
  return deps.transaction(async (tx) => {
    const changed = await tx
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, viewer.userId), eq(users.passwordHash, person.passwordHash)))
      .returning({ id: users.id });
    if (changed.length === 0) throw wrongPassword();
    return revokeOtherSignIns(tx, deps.clock.wallNow(), viewer.userId, viewer.signInId);
  });
}

function wrongPassword(): AppError {
  return new AppError('invalid_input', 'Your current password is not right.');
}
