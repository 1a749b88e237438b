import 'server-only';
import { and, eq, inArray, notExists, notInArray } from 'drizzle-orm';
import { calls, participations, rings } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { UserId } from '@/lib/ids';

/** The part of this person in the call that is looked at, if they ever entered it. */
export function partOf(q: Readable, userId: UserId) {
  return q
    .select({ userId: participations.userId })
    .from(participations)
    .where(and(eq(participations.callId, calls.id), eq(participations.userId, userId)));
}

/** The calls that rang this person, in these states: their rings are gone through once, not call by call. */
export function callsThatRang(q: Readable, userId: UserId, ...states: Parameters<typeof and>) {
  return q
    .select({ callId: rings.callId })
    .from(rings)
    .where(and(eq(rings.userId, userId), ...states));
}

/** A condition on `calls`: ended, rang this person, and was neither entered nor declined by them, whatever its end. */
export function isMissedBy(q: Readable, userId: UserId) {
  const answered = inArray(rings.state, ['accepted', 'declined']);
  const unanswered = notInArray(rings.state, ['not_allowed', 'accepted', 'declined']);
  return and(
    eq(calls.status, 'ended'),
    inArray(calls.id, callsThatRang(q, userId, unanswered)),
    notInArray(calls.id, callsThatRang(q, userId, answered)),
    notExists(partOf(q, userId)),
  );
}
