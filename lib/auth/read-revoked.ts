import 'server-only';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { signIns, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { SignInId } from '@/lib/ids';

/** Returns those of these sign-ins that may do nothing any more: revoked or deleted, or their person is suspended. */
export async function readRevoked(q: Readable, signInIds: readonly SignInId[]): Promise<SignInId[]> {
  const rows = await inChunks(signInIds, (ids) =>
    q
      .select({ id: signIns.id })
      .from(signIns)
      .innerJoin(users, eq(users.id, signIns.userId))
      .where(and(inArray(signIns.id, ids), isNull(signIns.revokedAt), isNull(users.suspendedAt))),
  );
  const valid = new Set(rows.map(({ id }) => id));
  return signInIds.filter((id) => !valid.has(id));
}
