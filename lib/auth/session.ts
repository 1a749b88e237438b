import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { signIns, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { Env } from '@/lib/env';
import type { SignInId } from '@/lib/ids';
import type { ReadableHeaders, Viewer } from '@/lib/viewer';
import { readCookie, sessionCookie } from './session-cookie';

const claimsSchema = z.object({ sub: z.string(), signInId: z.string(), exp: z.number() });
type Claims = z.output<typeof claimsSchema>;

/** What genuine cookies say, by composition of the app: decoding one takes longer than most requests' own work. */
const decoded = new WeakMap<object, Map<string, Claims>>();
const mostDecoded = 10_000;

async function claimsOf(env: Pick<Env, 'PARLEY_SECRET'>, token: string): Promise<Claims | null> {
  const kept = decoded.get(env) ?? new Map<string, Claims>();
  const known = kept.get(token);
  if (known && known.exp * 1000 > Date.now()) return known;
  const claims = claimsSchema.safeParse(await decode({ token, secret: env.PARLEY_SECRET }).catch(() => null));
  if (!claims.success) return null;
  const [oldest] = kept.keys();
  if (oldest && kept.size >= mostDecoded) kept.delete(oldest);
  decoded.set(env, kept.set(token, claims.data));
  return claims.data;
}

/**
 * Returns the request's viewer, or null unless the cookie is genuine, its sign-in is not revoked and the
 * person is not suspended. Reads the database on every request.
 */
export async function viewerFromRequest(
  db: Readable,
  env: Pick<Env, 'PARLEY_URL' | 'PARLEY_SECRET'>,
  request: { headers: ReadableHeaders },
): Promise<Viewer | null> {
  const token = readCookie(request.headers, sessionCookie(env).name);
  if (!token) return null;
  const claims = await claimsOf(env, token);
  if (!claims) return null;
  const [row] = await db
    .select({ userId: users.id, signInId: signIns.id, isOperator: users.isOperator })
    .from(signIns)
    .innerJoin(users, eq(users.id, signIns.userId))
    .where(
      and(eq(signIns.id, claims.signInId as SignInId), isNull(signIns.revokedAt), isNull(users.suspendedAt)),
    );
  return row && row.userId === claims.sub ? row : null;
}
