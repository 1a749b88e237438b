import 'server-only';
import { and, count, eq, exists, gt, inArray, notExists, notInArray } from 'drizzle-orm';
import { calls, members, participations, rings, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';
import type { MeView } from '@/lib/protocol';

/** The viewer's own settings, and how many calls they missed since they last looked. */
export async function readMe(q: Readable, userId: UserId): Promise<MeView> {
  const [row] = await q.select().from(users).where(eq(users.id, userId));
  if (!row) throw new AppError('not_found');
  return {
    id: row.id,
    messagePermission: row.messagePermission,
    callPermission: row.callPermission,
    doNotDisturb: row.doNotDisturb,
    isOperator: row.isOperator,
    missedCallCount: await countMissedCalls(q, userId, row.missedCallsSeenAt),
    revision: row.revision,
  };
}

/** Ended calls that rang here and were neither entered nor declined. */
async function countMissedCalls(q: Readable, userId: UserId, seenAt: number): Promise<number> {
  const mine = and(eq(rings.callId, calls.id), eq(rings.userId, userId));
  const rang = q
    .select({ id: rings.id })
    .from(rings)
    .where(and(mine, notInArray(rings.state, ['not_allowed', 'accepted', 'declined'])));
  const answered = q
    .select({ id: rings.id })
    .from(rings)
    .where(and(mine, inArray(rings.state, ['accepted', 'declined'])));
  const entered = q
    .select({ userId: participations.userId })
    .from(participations)
    .where(and(eq(participations.callId, calls.id), eq(participations.userId, userId)));
  const [row] = await q
    .select({ missed: count() })
    .from(calls)
    .innerJoin(members, and(eq(members.conversationId, calls.conversationId), eq(members.userId, userId)))
    .where(
      and(
        eq(calls.status, 'ended'),
        gt(calls.endedAt, seenAt),
        exists(rang),
        notExists(answered),
        notExists(entered),
      ),
    );
  return row?.missed ?? 0;
}
