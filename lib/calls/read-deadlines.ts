import 'server-only';
import { and, eq, isNotNull, isNull, or } from 'drizzle-orm';
import { isLiveCall, isLivePart, isRunningRing } from '@/db/conditions';
import { calls, participations, rings } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { CallId } from '@/lib/ids';
import { mediaLostTimeoutMs } from './call';

/**
 * When time alone next changes each live call, in milliseconds of `clock.now()`: what `nextDeadline` says of
 * the loaded call, asked of the database, because a call in which people just talk has no such moment and
 * is not worth loading four times a second.
 * @param which `rings`: only when rings run out
 */
export async function readDeadlines(
  q: Readable,
  which: 'rings' | 'all' = 'all',
): Promise<Map<CallId, number>> {
  const next = new Map<CallId, number>();
  const note = (callId: CallId, at: number | null) => {
    if (at !== null) next.set(callId, Math.min(at, next.get(callId) ?? at));
  };
  const running = await q
    .select({ callId: rings.callId, at: rings.deadlineAt })
    .from(rings)
    .where(isRunningRing);
  for (const { callId, at } of running) note(callId, at);
  if (which === 'rings') return next;

  const waiting = await q
    .select({
      callId: participations.callId,
      connectAt: participations.connectDeadlineAt,
      rejoinAt: participations.rejoinDeadlineAt,
    })
    .from(participations)
    .innerJoin(calls, eq(calls.id, participations.callId))
    .where(
      and(
        isLivePart,
        or(isNotNull(participations.connectDeadlineAt), isNotNull(participations.rejoinDeadlineAt)),
        isNull(calls.mediaLostAt),
      ),
    );
  const lost = await q
    .select({ callId: calls.id, at: calls.mediaLostAt })
    .from(calls)
    .where(and(isLiveCall, isNotNull(calls.mediaLostAt)));
  for (const { callId, connectAt, rejoinAt } of waiting) {
    note(callId, connectAt);
    note(callId, rejoinAt);
  }
  for (const { callId, at } of lost) note(callId, at === null ? null : at + mediaLostTimeoutMs);
  return next;
}
