import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { signIns, users } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import { clientAddress } from '@/lib/http/client-address';
import { countSignIn, forgetSignIns } from '@/lib/http/rate-limit';
import { makeId, type SignInId, type UserId } from '@/lib/ids';
import { usernameSchema } from '@/lib/protocol';
import { verifyPassword } from './password';

export type SignedIn = { userId: UserId; signInId: SignInId };

/**
 * Checks a username and password and makes a sign-in of its own, or answers null: the same, and
 * after the same time, for a wrong password, an unknown name and a suspended person. Throws
 * AppError `rate_limited` after too many tries for the account or from the address.
 */
export async function authorize(
  deps: Deps,
  given: { username: string; password: string },
  headers: Headers,
): Promise<SignedIn | null> {
  const name = usernameSchema.safeParse(given.username);
  const username = name.success ? name.data : given.username.slice(0, 64).toLowerCase();
  await countSignIn(deps, username, clientAddress(headers, deps.env));
  const [person] = await deps.db
    .select({ id: users.id, passwordHash: users.passwordHash, suspendedAt: users.suspendedAt })
    .from(users)
    .where(eq(users.username, username));
  const isRight = await verifyPassword(given.password.slice(0, 256), person?.passwordHash ?? null);
  if (!person || !isRight || person.suspendedAt !== null) return null;
  await forgetSignIns(deps, username);
  return deps.transaction(async (tx) => {
    // A password change or suspension may have come while the hash was being worked out.
    const [still] = await tx
      .select({ id: users.id })
      .from(users)
      .where(
        and(eq(users.id, person.id), eq(users.passwordHash, person.passwordHash), isNull(users.suspendedAt)),
      );
    if (!still) return null;
    const signInId = makeId('signin');
    await tx.insert(signIns).values({ id: signInId, userId: person.id, createdAt: deps.clock.wallNow() });
    return { userId: person.id, signInId };
  });
}
