import 'server-only';
import { and, eq, gt, lte, ne } from 'drizzle-orm';
import { rings } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';

/** CALLS.md, "Who may ring whom": starts or ring-agains a minute per caller, and to one person. */
const perCaller = 10;
const perPair = 3;
const windowMs = 60_000;

/**
 * Counted from the rings themselves, inside the transaction that adds the next: a restart forgets
 * nothing and two requests at once can't both be the last one allowed.
 */
export async function readRingLimits(
  q: Readable,
  ringerId: UserId,
  now: number,
): Promise<{ isCallerOver: boolean; retryAfterMs: number; isPairOver: (userId: UserId) => boolean }> {
  const recent = await q
    .select({ callId: rings.callId, userId: rings.userId, startedAt: rings.startedAt })
    .from(rings)
    .where(
      and(
        eq(rings.ringerId, ringerId),
        gt(rings.startedAt, now - windowMs),
        // A clock that was set back while the app was down leaves rings that are yet to begin.
        lte(rings.startedAt, now),
        ne(rings.state, 'not_allowed'),
      ),
    );
  // A group start is one: all its rings share the call and the moment.
  const starts = new Set(recent.map((ring) => `${ring.callId} ${ring.startedAt}`));
  const oldest = Math.min(...recent.map((ring) => ring.startedAt));
  return {
    isCallerOver: starts.size >= perCaller,
    retryAfterMs: recent.length === 0 ? 0 : Math.max(1000, oldest + windowMs - now),
    isPairOver: (userId) => recent.filter((ring) => ring.userId === userId).length >= perPair,
  };
}

/** The refusal for both limits; says how long to wait. */
export function tooManyRings(retryAfterMs: number): AppError {
  const retryAfterSeconds = Math.ceil(retryAfterMs / 1000);
  return new AppError('rate_limited', `That is a lot of calls. Try again in ${retryAfterSeconds} seconds.`, {
    retryAfterSeconds,
  });
}
