import 'server-only';
import { and, count, eq, isNull } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { links, users } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import { makeLink } from './link';

/**
 * Makes a new one-use link that makes its user an operator, and revokes the earlier ones, while a community with a
 * public address has no operator. Returns null once there is one, and in the demo.
 */
export async function makeSetUpLink(
  deps: Pick<Deps, 'transaction' | 'clock' | 'env'>,
): Promise<string | null> {
  const { PARLEY_URL } = deps.env;
  if (!PARLEY_URL) return null;
  return deps.transaction(async (tx) => {
    await lockRows(tx, { community: true });
    const [found] = await tx
      .select({ operators: count() })
      .from(users)
      .where(and(eq(users.isOperator, true), isNull(users.suspendedAt)));
    const wallNow = deps.clock.wallNow();
    await tx
      .update(links)
      .set({ revokedAt: wallNow })
      .where(and(eq(links.kind, 'set_up'), isNull(links.usedAt), isNull(links.revokedAt)));
    if ((found?.operators ?? 0) > 0) return null;
    const once = { creatorId: null, userId: null, maxUses: 1, expiresAt: null };
    const { token } = await makeLink(tx, wallNow, { kind: 'set_up', ...once });
    return `${new URL(PARLEY_URL).origin}/register?invite=${token}`;
  });
}
