import 'server-only';
import { and, eq, max } from 'drizzle-orm';
import { nextRevision } from '@/db/revision';
import { conversations, members, messages } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';
import { limits } from '@/lib/protocol';
import { requireMessageable } from '@/lib/users/read-messageable';
import { readMemberIds, requireMembership } from './membership';

/**
 * Adds someone to a group, by its creator, who must be allowed to message them as if the group did
 * not exist. Adding a member again changes nothing. Nobody rings. Throws AppError `not_found`, `not_allowed`.
 */
export async function addMember(
  deps: Deps,
  viewerId: UserId,
  id: ConversationId,
  userId: UserId,
): Promise<void> {
  const audience = await deps.transaction(async (tx) => {
    const creatorId = await requireGroup(tx, viewerId, id);
    if (creatorId !== viewerId) throw new AppError('not_allowed', 'Only who made this group can add people.');
    const before = await readMemberIds(tx, id);
    if (before.includes(userId)) return [];
    if (before.length >= limits.groupPeople) {
      throw new AppError('invalid_input', `A group has at most ${limits.groupPeople} people.`);
    }
    await requireMessageable(tx, viewerId, [userId], { without: id });
    const [last] = await tx
      .select({ seq: max(messages.seq) })
      .from(messages)
      .where(eq(messages.conversationId, id));
    const revision = await nextRevision(tx);
    await tx.insert(members).values({
      conversationId: id,
      userId,
      joinedAt: deps.clock.wallNow(),
      // What was said before they came is there to read, but not new.
      lastReadSeq: last?.seq ?? 0,
      revision,
    });
    await tx.update(conversations).set({ revision }).where(eq(conversations.id, id));
    return [...before, userId];
  });
  deps.realtime.wake(audience, { conversations: [id] });
}

/**
 * Takes someone out of a group: anyone themselves, its creator anyone. Their part in a running call
 * is for the caller to end. Throws AppError `not_found`, `not_allowed`.
 */
export async function removeMember(
  deps: Deps,
  viewerId: UserId,
  id: ConversationId,
  userId: UserId,
): Promise<void> {
  const audience = await deps.transaction(async (tx) => {
    const creatorId = await requireGroup(tx, viewerId, id);
    if (userId !== viewerId && creatorId !== viewerId) {
      throw new AppError('not_allowed', 'Only who made this group can remove people.');
    }
    const before = await readMemberIds(tx, id);
    if (!before.includes(userId)) return [];
    await tx.delete(members).where(and(eq(members.conversationId, id), eq(members.userId, userId)));
    await tx
      .update(conversations)
      .set({ revision: await nextRevision(tx) })
      .where(eq(conversations.id, id));
    return before;
  });
  deps.realtime.wake(audience, { conversations: [id] });
}

async function requireGroup(tx: Tx, viewerId: UserId, id: ConversationId): Promise<UserId | null> {
  const { conversation } = await requireMembership(tx, viewerId, id);
  if (conversation.kind !== 'group') {
    throw new AppError('invalid_input', 'Only groups have members that can change.');
  }
  return conversation.creatorId;
}
