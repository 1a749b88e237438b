import 'server-only';
import type { changeCommunitySchema } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { lockRows } from '@/db/lock-rows';
import { community } from '@/db/schema';
import type { Deps, OperatorDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';
import { requireOperator } from './require-operator';

/** Changes the community's name and who may register; every open page receives the change. */
export async function changeCommunity(
  deps: OperatorDeps,
  viewerId: UserId,
  change: z.infer<typeof changeCommunitySchema>,
): Promise<void> {
  if (change.registration !== undefined && deps.env.PARLEY_REGISTRATION !== undefined) {
    throw new AppError('invalid_input', 'server.registrationFixed');
  }
  const { name, registration } = change;
  await deps.transaction(async (tx) => {
    await lockRows(tx, { community: true, people: [viewerId] });
    await requireOperator(tx, viewerId);
    if (name === undefined && registration === undefined) return;
    await tx
      .update(community)
      .set({
        ...(name === undefined ? {} : { name }),
        ...(registration === undefined ? {} : { registration }),
      })
      .where(eq(community.id, 1));
  });
  await deps.bus.publish({ type: 'wake', who: 'everyone', what: { community: true } });
}

/** PARLEY_REGISTRATION overrides the stored setting. */
export async function applyRegistrationSetting(deps: Pick<Deps, 'transaction' | 'env'>): Promise<void> {
  const registration = deps.env.PARLEY_REGISTRATION;
  if (registration === undefined) return;
  await deps.transaction(async (tx) => {
    await lockRows(tx, { community: true });
    await tx.update(community).set({ registration }).where(eq(community.id, 1));
  });
}
