import 'server-only';
import { and, eq, inArray, lt, notExists, or } from 'drizzle-orm';
import { isLivePart } from '@/db/conditions';
import { participations, signIns } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Env } from '@/lib/env';
import { sessionCookie } from './session-cookie';

/**
 * Deletes sign-ins that ended before `endedBefore`: revoked, or their cookie expired. Skips a sign-in that
 * holds a live participation, because the call's reconciler reads its revocation to end that participation.
 *
 * @param endedBefore milliseconds since 1970
 * @param atMost rows deleted
 * @returns how many rows were deleted
 */
export async function pruneSignIns(
  tx: Tx,
  env: Pick<Env, 'PARLEY_URL'>,
  endedBefore: number,
  atMost: number,
): Promise<number> {
  const createdBefore = endedBefore - sessionCookie(env).maxAgeSeconds * 1000;
  const holding = tx
    .select({ callId: participations.callId })
    .from(participations)
    .where(
      and(
        isLivePart,
        or(eq(participations.signInId, signIns.id), eq(participations.movingFromSignInId, signIns.id)),
      ),
    );
  const ended = tx
    .select({ id: signIns.id })
    .from(signIns)
    .where(
      and(or(lt(signIns.revokedAt, endedBefore), lt(signIns.createdAt, createdBefore)), notExists(holding)),
    )
    .limit(atMost);
  const rows = await tx.delete(signIns).where(inArray(signIns.id, ended)).returning({ id: signIns.id });
  return rows.length;
}
