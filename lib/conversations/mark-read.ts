import 'server-only';
import { and, eq, max } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { raised } from '@/db/revision';
import { members, messages } from '@/db/schema';
import type { ConversationDeps } from '@/lib/deps';
import type { ConversationId, UserId } from '@/lib/ids';
import { withdrawMessages } from '@/lib/push/queue-messages';
import { requireMembership } from './membership';

/** Stores how far the viewer has read: never backwards, never beyond the last message. */
export async function markRead(
  deps: ConversationDeps,
  viewerId: UserId,
  id: ConversationId,
  seq: number,
): Promise<void> {
  const read = await deps.transaction(async (tx) => {
    await lockRows(tx, { people: [viewerId] });
    const { member } = await requireMembership(tx, viewerId, id);
    const [last] = await tx
      .select({ seq: max(messages.seq) })
      .from(messages)
      .where(eq(messages.conversationId, id));
    const lastReadSeq = Math.min(seq, last?.seq ?? 0);
    if (lastReadSeq <= member.lastReadSeq) return null;
    await tx
      .update(members)
      .set({ lastReadSeq, revision: raised(tx, members, viewerId) })
      .where(and(eq(members.conversationId, id), eq(members.userId, viewerId)));
    return { hasPushes: await withdrawMessages(tx, id, viewerId) };
  });
  if (read?.hasPushes) deps.pushSignal.note();
  if (read) await deps.bus.publish({ type: 'wake', who: [viewerId], what: { conversations: [id] } });
}
