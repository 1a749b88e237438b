import 'server-only';
import { and, isNotNull, or } from 'drizzle-orm';
import { isLiveCall, isLivePart, isRunningRing } from '@/db/conditions';
import { calls, participations, rings } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { CallId } from '@/lib/ids';
import { nextDeadline, type Timed } from '../model/deadline';
import { participationOfRow } from '../participation-row';

/**
 * `nextDeadline` of every live call, in milliseconds of `clock.now()`. Reads only the rows that have a deadline:
 * a call in which people just talk has none and is not worth loading each time.
 *
 * @param which `rings`: only when rings run out
 */
export async function readDeadlines(
  q: Readable,
  which: 'rings' | 'all' = 'all',
): Promise<Map<CallId, number>> {
  const found = new Map<CallId, Timed>();
  const entryOf = (callId: CallId): Timed => {
    const entry = found.get(callId) ?? {
      status: 'ringing',
      mediaLostAt: null,
      rings: [],
      participations: [],
    };
    found.set(callId, entry);
    return entry;
  };
  const running = await q
    .select({ callId: rings.callId, state: rings.state, deadlineAt: rings.deadlineAt })
    .from(rings)
    .where(isRunningRing);
  for (const { callId, ...ring } of running) entryOf(callId).rings.push(ring);
  if (which === 'all') {
    const lost = await q
      .select({ callId: calls.id, mediaLostAt: calls.mediaLostAt })
      .from(calls)
      .where(and(isLiveCall, isNotNull(calls.mediaLostAt)));
    for (const { callId, mediaLostAt } of lost) entryOf(callId).mediaLostAt = mediaLostAt;
    const waiting = await q
      .select()
      .from(participations)
      .where(
        and(
          isLivePart,
          or(isNotNull(participations.connectDeadlineAt), isNotNull(participations.rejoinDeadlineAt)),
        ),
      );
    for (const row of waiting) entryOf(row.callId).participations.push(participationOfRow(row));
  }
  const deadlines = new Map<CallId, number>();
  for (const [callId, call] of found) {
    const at = nextDeadline(call);
    if (at !== null) deadlines.set(callId, at);
  }
  return deadlines;
}
