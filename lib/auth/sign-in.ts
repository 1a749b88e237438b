import 'server-only';
import { usernameSchema } from '@parley/call-protocol';
import { and, eq, isNull } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { signIns, users } from '@/db/schema';
import type { AuthDeps } from '@/lib/deps';
import { clientAddress } from '@/lib/http/client-address';
import {
  countKnownSignIn,
  countSignIn,
  forgetKnownSignIns,
  forgetSignIns,
  type KnownPlace,
} from '@/lib/http/rate-limit';
import { makeId, type SignInId, type UserId } from '@/lib/ids';
import type { ReadableHeaders } from '@/lib/viewer';
import { readKnownBrowser } from './known-browser';
import { verifyPassword } from './password';

export type SignedIn = { userId: UserId; signInId: SignInId };

/**
 * Checks a username and password and makes a sign-in of its own, or returns null: the same, and
 * after the same time, for a wrong password, an unknown name and a suspended person. Throws
 * AppError `rate_limited` after too many tries for the account or from the address, or, in a browser where
 * the person was signed in before, after too many tries there.
 */
export async function authorize(
  deps: AuthDeps,
  given: { username: string; password: string },
  headers: ReadableHeaders,
): Promise<SignedIn | null> {
  const username = asUsername(given.username);
  const place = await findKnownPlace(deps, username, headers);
  if (place) await countKnownSignIn(deps, place);
  else await countSignIn(deps, username, clientAddress(headers, deps.env));
  const [person] = await deps.db
    .select({ id: users.id, passwordHash: users.passwordHash, suspendedAt: users.suspendedAt })
    .from(users)
    .where(eq(users.username, username));
  const isRight = await verifyPassword(given.password.slice(0, 256), person?.passwordHash ?? null);
  if (!person || !isRight || person.suspendedAt !== null) return null;
  if (place) await forgetKnownSignIns(deps, place);
  else await forgetSignIns(deps, username);
  return deps.transaction(async (tx) => {
    await lockRows(tx, { people: [person.id] });
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

/**
 * Returns the browser that the request comes from, if the person with this name was signed in there before,
 * else null. The cookie is read first, so that no name takes longer than another.
 */
export async function findKnownPlace(
  deps: AuthDeps,
  givenUsername: string,
  headers: ReadableHeaders,
): Promise<KnownPlace | null> {
  const browser = await readKnownBrowser(deps.env, headers);
  if (!browser) return null;
  const [person] = await deps.db
    .select({ id: users.id })
    .from(users)
    .where(eq(users.username, asUsername(givenUsername)));
  if (!person || !browser.userIds.includes(person.id)) return null;
  return { userId: person.id, browserId: browser.browserId };
}

function asUsername(given: string): string {
  const name = usernameSchema.safeParse(given);
  return name.success ? name.data : given.slice(0, 64).toLowerCase();
}
