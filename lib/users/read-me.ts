import 'server-only';
import { and, count, eq, gt } from 'drizzle-orm';
import { calls, members, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';
import type { MeView } from '@/lib/protocol';
import { isMissedBy } from './missed-calls';

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
  const [row] = await q
    .select({ missed: count() })
    .from(calls)
    .innerJoin(members, and(eq(members.conversationId, calls.conversationId), eq(members.userId, userId)))
    .where(and(isMissedBy(q, userId), gt(calls.endedAt, seenAt)));
  return row?.missed ?? 0;
}
