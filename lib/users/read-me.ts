import 'server-only';
import type { MeView } from '@parley/call-protocol';
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { callLog, members, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';
import type { SeenBy } from '@/lib/viewer';

/** The viewer's own settings, and how many calls they missed since they last looked. */
export async function readMe(q: Readable, userId: UserId): Promise<MeView> {
  const view = (await readMeFor(q, [userId]))(userId);
  if (!view) throw new AppError('not_found');
  return view;
}

/** Counting stops here, so that the cost of every call's end stays the same for a person who never looks. */
const mostMissed = 1000;

/** The same for many viewers, each their own, in one query. */
export async function readMeFor(q: Readable, viewerIds: readonly UserId[]): Promise<SeenBy<MeView>> {
  const missed = q
    .select({ conversationId: callLog.conversationId })
    .from(callLog)
    .where(and(eq(callLog.userId, users.id), gt(callLog.missedAt, users.missedCallsSeenAt)))
    .orderBy(desc(callLog.missedAt))
    .limit(mostMissed)
    .as('missed');
  // Of the newest `mostMissed`, those in conversations that the person is still in.
  const missedCount = q
    .select({ count: sql<number>`count(*)` })
    .from(missed)
    .innerJoin(members, and(eq(members.conversationId, missed.conversationId), eq(members.userId, users.id)));
  const rows = await inChunks(viewerIds, (some) =>
    q
      .select({
        id: users.id,
        messagePermission: users.messagePermission,
        callPermission: users.callPermission,
        doNotDisturb: users.doNotDisturb,
        isOperator: users.isOperator,
        missedCallCount: sql<number>`(${missedCount})`,
        revision: users.revision,
      })
      .from(users)
      .where(inArray(users.id, some)),
  );
  const views = new Map<UserId, MeView>(rows.map((row) => [row.id, row]));
  return (viewerId) => views.get(viewerId) ?? null;
}
