import 'server-only';
import { and, count, desc, eq, gt } from 'drizzle-orm';
import { callLog, members, users } from '@/db/schema';
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

/** Counting stops here, so that the cost of every call's end stays the same for a person who never looks. */
const mostMissed = 1000;

/** How many of the newest `mostMissed` calls that the person missed after `seenAt` are in conversations they are in. */
async function countMissedCalls(q: Readable, userId: UserId, seenAt: number): Promise<number> {
  const missed = q
    .select({ conversationId: callLog.conversationId })
    .from(callLog)
    .where(and(eq(callLog.userId, userId), gt(callLog.missedAt, seenAt)))
    .orderBy(desc(callLog.missedAt))
    .limit(mostMissed)
    .as('missed');
  const [row] = await q
    .select({ n: count() })
    .from(missed)
    .innerJoin(members, and(eq(members.conversationId, missed.conversationId), eq(members.userId, userId)));
  return row?.n ?? 0;
}
