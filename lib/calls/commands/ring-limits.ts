import 'server-only';
import { and, eq, gt, lte, ne } from 'drizzle-orm';
import { rings } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError, say } from '@/lib/errors';
import type { UserId } from '@/lib/ids';

/** docs/calls.md, "Who may ring whom": starts or ring-agains a minute per caller, and to one person. */
const perCaller = 10;
const perPair = 3;
const windowMs = 60_000;

/** Milliseconds until the next ring is allowed; 0: now. */
export type RingLimits = { callerWaitMs: number; pairWaitMs: (userId: UserId) => number };

/**
 * Counted from the rings themselves, inside the transaction that adds the next: a restart forgets
 * nothing and two requests at once can't both be the last one allowed.
 */
export async function readRingLimits(q: Readable, ringerId: UserId, now: number): Promise<RingLimits> {
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
  const starts = new Map(recent.map((ring) => [`${ring.callId} ${ring.startedAt}`, ring.startedAt]));
  const waitMs = (moments: number[], limit: number) => {
    // The window must have moved past all but the last `limit - 1` of them.
    const blocking = moments.sort((a, b) => b - a)[limit - 1];
    return blocking === undefined ? 0 : blocking + windowMs - now;
  };
  return {
    callerWaitMs: waitMs([...starts.values()], perCaller),
    pairWaitMs: (userId) =>
      waitMs(
        recent.filter((ring) => ring.userId === userId).map((ring) => ring.startedAt),
        perPair,
      ),
  };
}

/** The refusal for both limits; says how long to wait, in milliseconds. */
export function tooManyRings(waitMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new AppError('rate_limited', say('server.lotOfCalls', { count: retryAfterSeconds }), {
    retryAfterSeconds,
  });
}
