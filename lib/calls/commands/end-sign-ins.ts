import 'server-only';
import { and, inArray, or } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLivePart } from '@/db/conditions';
import { participations } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { CallDeps } from '@/lib/deps';
import type { SignInId } from '@/lib/ids';
import { inOneUnit } from '../unit-of-work';

/**
 * **Sign out** and new passwords: revokes sign-ins, closes their streams and ends what they hold in calls, in one
 * transaction; rings go on in the person's other browsers. A participation that is moving between one of these
 * clients and one that stays signed in continues in the latter.
 *
 * @param revoke writes the cause and returns the sign-ins that it revoked
 * @returns what `revoke` returned
 */
export async function endSignIns<T extends { revoked: readonly SignInId[] }>(
  deps: CallDeps,
  revoke: (tx: Tx) => Promise<T>,
): Promise<T> {
  return inOneUnit(deps, async ({ tx, apply, closeStreams }) => {
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
    for (const { callId, userId } of concerned) await apply(callId, { type: 'sign_out', userId, signInIds });
    return result;
  });
}
