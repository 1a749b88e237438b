import 'server-only';
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import type { Env } from '@/lib/env';
import type { UserId } from '@/lib/ids';
import type { ReadableHeaders } from '@/lib/viewer';
import { readCookie, sessionCookie } from './session-cookie';

type Settings = Pick<Env, 'PARLEY_URL' | 'PARLEY_SECRET'>;

/** A browser and the people who were signed in there before, the last one first. */
export type KnownBrowser = { browserId: string; userIds: UserId[] };

/** How long a browser stays known after its last sign-in. */
const keptSeconds = 365 * 24 * 3600;
/** A shared computer knows the last few of its people: one cookie for each would outgrow a request's header. */
const mostPeople = 5;
/** A key of its own, so that neither cookie passes for the other. */
const salt = 'known browser';

const claimsSchema = z.object({
  browserId: z.string().min(1),
  userIds: z.array(z.string().transform((id) => id as UserId)).min(1),
});

const nameOf = (env: Settings) => `${sessionCookie(env).name}-known`;

/** Returns the browser that a request's cookie names, or null: none, forged, or too old. */
export async function readKnownBrowser(
  env: Settings,
  headers: ReadableHeaders,
): Promise<KnownBrowser | null> {
  const token = readCookie(headers, nameOf(env));
  if (!token) return null;
  const claims = await decode({ token, secret: env.PARLEY_SECRET, salt }).catch(() => null);
  return claimsSchema.safeParse(claims).data ?? null;
}

/**
 * Returns the `Set-Cookie` header that makes this browser known for a person who is signed in there. The
 * cookie is kept when the person signs out: it signs no user in, it only gives the person's tries a limit of their own.
 */
export async function rememberBrowser(
  env: Settings,
  headers: ReadableHeaders,
  userId: UserId,
): Promise<string> {
  const known = await readKnownBrowser(env, headers);
  const others = known?.userIds.filter((id) => id !== userId) ?? [];
  const token = await encode({
    token: {
      browserId: known?.browserId ?? crypto.randomUUID(),
      userIds: [userId, ...others].slice(0, mostPeople),
    },
    secret: env.PARLEY_SECRET,
    maxAge: keptSeconds,
    salt,
  });
  const { secure } = sessionCookie(env).options;
  return `${nameOf(env)}=${token}; Path=/; Max-Age=${keptSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
