import 'server-only';
import type { madeLinkSchema } from '@parley/call-protocol';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { links, users } from '@/db/schema';
import { unusableHash } from '@/lib/auth/password';
import { revokeOtherSignIns } from '@/lib/auth/revoke-sign-ins';
import { inOneUnit } from '@/lib/calls/unit-of-work';
import type { OperatorDeps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import { makeLink } from '@/lib/users/link';
import { passwordLinkLifeMs } from '@/lib/users/link-secret.mjs';
import { endAccess, touchedByEndOfAccess } from './end-access';
import { requireOther } from './require-operator';

/**
 * Invalidates a person's password and revokes all their sign-ins.
 *
 * @returns the address of a one-use link for choosing a new password; it is not stored, and the operator
 * never learns the new password
 */
export async function resetPassword(
  deps: OperatorDeps,
  viewerId: UserId,
  userId: UserId,
): Promise<z.infer<typeof madeLinkSchema>> {
  const nobodyKnows = unusableHash();
  const made = await inOneUnit(deps, touchedByEndOfAccess(viewerId, userId), async (unit) => {
    const { tx } = unit;
    await requireOther(tx, viewerId, userId);
    const wallNow = deps.clock.wallNow();
    await tx.update(users).set({ passwordHash: nobodyKnows }).where(eq(users.id, userId));
    await tx
      .update(links)
      .set({ revokedAt: wallNow })
      .where(and(eq(links.kind, 'password'), eq(links.userId, userId), isNull(links.revokedAt)));
    const once = { creatorId: viewerId, userId, maxUses: 1, expiresAt: wallNow + passwordLinkLifeMs };
    await endAccess(unit, userId, await revokeOtherSignIns(tx, wallNow, userId, null));
    return makeLink(tx, wallNow, { kind: 'password', ...once });
  });
  return { id: made.id, path: `/new-password?link=${made.token}` };
}
