import 'server-only';
import type { madeLinkSchema, makeInviteSchema } from '@parley/call-protocol';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { lockRows } from '@/db/lock-rows';
import { links } from '@/db/schema';
import type { OperatorDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { LinkId, UserId } from '@/lib/ids';
import { makeLink } from '@/lib/users/link';
import { requireOperator } from './require-operator';

const dayMs = 24 * 3600 * 1000;

/** Creates an invite link and returns its address, which is not stored and cannot be read again. */
export async function makeInvite(
  deps: OperatorDeps,
  viewerId: UserId,
  { days, maxUses }: z.infer<typeof makeInviteSchema>,
): Promise<z.infer<typeof madeLinkSchema>> {
  const made = await deps.transaction(async (tx) => {
    await lockRows(tx, { people: [viewerId] });
    await requireOperator(tx, viewerId);
    const wallNow = deps.clock.wallNow();
    const expiresAt = days === null ? null : wallNow + days * dayMs;
    return makeLink(tx, wallNow, { kind: 'invite', creatorId: viewerId, userId: null, maxUses, expiresAt });
  });
  return { id: made.id, path: `/register?invite=${made.token}` };
}

/** Revokes a link: once this returns, no registration with it succeeds. Revoking twice changes nothing. */
export async function revokeInvite(deps: OperatorDeps, viewerId: UserId, id: LinkId): Promise<void> {
  await deps.transaction(async (tx) => {
    await lockRows(tx, { people: [viewerId] });
    await requireOperator(tx, viewerId);
    const [found] = await tx
      .select({ id: links.id })
      .from(links)
      .where(and(eq(links.id, id), eq(links.kind, 'invite')));
    if (!found) throw new AppError('not_found', 'server.noSuchLink');
    await tx
      .update(links)
      .set({ revokedAt: deps.clock.wallNow() })
      .where(and(eq(links.id, id), isNull(links.revokedAt)));
  });
}
