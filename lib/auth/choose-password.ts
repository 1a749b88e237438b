import 'server-only';
import { eq } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { AuthDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { SignInId, UserId } from '@/lib/ids';
import { findLink, takeLink } from '@/lib/users/link';
import { hashPassword } from './password';
import { revokeOtherSignIns } from './revoke-sign-ins';

/**
 * Checks the operator's link and hashes the new password, which takes too long for a transaction.
 *
 * @returns whose password it is, and what uses the link, which works once, writes the password and revokes the account's sign-ins; throws
 * not_allowed when the link stopped working meanwhile
 * @throws {AppError} not_allowed — the link is unknown, used, revoked or expired
 */
export async function prepareChosenPassword(
  deps: AuthDeps,
  { token, password }: { token: string; password: string },
): Promise<{ userId: UserId; choose: (tx: Tx) => Promise<{ username: string; revoked: SignInId[] }> }> {
  const known = await findLink(deps.db, deps.clock.wallNow(), ['password'], token);
  if (!known?.userId) throw deadLink();
  const passwordHash = await hashPassword(password);
  const choose = async (tx: Tx) => {
    const wallNow = deps.clock.wallNow();
    const link = await findLink(tx, wallNow, ['password'], token);
    if (!link?.userId || !(await takeLink(tx, wallNow, link.id))) throw deadLink();
    const [person] = await tx
      .update(users)
      .set({ passwordHash })
      .where(eq(users.id, link.userId))
      .returning({ username: users.username });
    if (!person) throw deadLink();
    return {
      username: person.username,
      revoked: await revokeOtherSignIns(tx, wallNow, link.userId, null),
    };
  };
  return { userId: known.userId, choose };
}

function deadLink(): AppError {
  return new AppError('not_allowed', 'server.linkUsedAskOperator');
}
