import 'server-only';
import { and, inArray, or } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLivePart, isRunningRing } from '@/db/conditions';
import { participations, rings } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { CallDeps } from '@/lib/deps';
import type { SignInId, UserId } from '@/lib/ids';
import { findLiveCallsOf } from '../reads/load-call';
import type { Touches } from '../touching';
import { inOneUnit } from '../unit-of-work';

/**
 * **Sign out** and new passwords: revokes sign-ins, closes their streams and ends what they hold in calls, in one
 * transaction; rings go on in the person's other browsers, without a tab of these that listened. A participation that is
 * moving between one of these clients and one that stays signed in continues in the latter.
 *
 * @param userId whose sign-ins they are
 * @param revoke writes the cause and returns the sign-ins that it revoked
 * @returns what `revoke` returned
 */
export async function endSignIns<T extends { revoked: readonly SignInId[] }>(
  deps: CallDeps,
  userId: UserId,
  revoke: (tx: Tx) => Promise<T>,
): Promise<T> {
  const touches: Touches = { calls: (tx) => findLiveCallsOf(tx, userId), people: [userId] };
  return inOneUnit(deps, touches, async ({ tx, apply, closeStreams }) => {
    const result = await revoke(tx);
    const signInIds = [...result.revoked];
    closeStreams(signInIds);
    const concerned = await inChunks(signInIds, (ids) =>
      tx
        .select({ callId: participations.callId, userId: participations.userId })
        .from(participations)
        .where(
          and(
            isLivePart,
            or(inArray(participations.signInId, ids), inArray(participations.movingFromSignInId, ids)),
          ),
        ),
    );
    const early = await inChunks(signInIds, (ids) =>
      tx
        .select({ callId: rings.callId, userId: rings.userId })
        .from(rings)
        .where(and(isRunningRing, inArray(rings.earlySignInId, ids))),
    );
    const named = new Map([...concerned, ...early].map((one) => [`${one.callId} ${one.userId}`, one]));
    for (const { callId, userId } of named.values())
      await apply(callId, { type: 'sign_out', userId, signInIds });
    return result;
  });
}
