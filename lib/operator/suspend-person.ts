import 'server-only';
import { eq } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { raised } from '@/db/revision';
import { users } from '@/db/schema';
import { revokeOtherSignIns } from '@/lib/auth/revoke-sign-ins';
import { inOneUnit } from '@/lib/calls/unit-of-work';
import type { OperatorDeps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import { endAccess, touchedByEndOfAccess } from './end-access';
import { requireOther } from './require-operator';

/** Suspends a person: revokes their sign-ins, ends their rings and participations, and refuses calls to them. */
export async function suspendPerson(deps: OperatorDeps, viewerId: UserId, userId: UserId): Promise<void> {
  await inOneUnit(deps, touchedByEndOfAccess(viewerId, userId), async (unit) => {
    const { tx } = unit;
    const person = await requireOther(tx, viewerId, userId);
    const wallNow = deps.clock.wallNow();
    await tx
      .update(users)
      .set({ suspendedAt: person.suspendedAt ?? wallNow, revision: raised(tx, users, userId) })
      .where(eq(users.id, userId));
    unit.wake('everyone', { users: [userId] });
    await endAccess(unit, userId, await revokeOtherSignIns(tx, wallNow, userId, null));
  });
}

/** Ends a suspension; the person signs in with the password they had. */
export async function unsuspendPerson(deps: OperatorDeps, viewerId: UserId, userId: UserId): Promise<void> {
  await deps.transaction(async (tx) => {
    await lockRows(tx, { people: [viewerId, userId] });
    await requireOther(tx, viewerId, userId);
    await tx
      .update(users)
      .set({ suspendedAt: null, revision: raised(tx, users, userId) })
      .where(eq(users.id, userId));
  });
  await deps.bus.publish({ type: 'wake', who: 'everyone', what: { users: [userId] } });
}
