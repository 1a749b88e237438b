import 'server-only';
import { limits } from '@parley/call-protocol';
import { eq, max } from 'drizzle-orm';
import { raiseConversation, raiseUsers } from '@/db/revision';
import { members, messages } from '@/db/schema';
import type { Tx } from '@/db/store';
import { AppError, say } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';
import { requireMessageable } from '@/lib/users/read-messageable';
import { endMemberships } from './end-memberships';
import { readMemberIds, requireMembership } from './membership';

/**
 * Adds a person to a group. Only the creator may, and the permission to message the person is judged without
 * this group. Adding a member again changes nothing, and no ring starts.
 *
 * @returns whose streams must be woken
 * @throws {AppError} not_found — unknown group or person; not_allowed — not the creator, or may not message
 */
export async function saveMember(
  tx: Tx,
  wallNow: number,
  viewerId: UserId,
  id: ConversationId,
  userId: UserId,
): Promise<UserId[]> {
  const creatorId = await requireGroup(tx, viewerId, id);
  if (creatorId !== viewerId) throw new AppError('not_allowed', 'server.creatorAdds');
  const before = await readMemberIds(tx, id);
  if (before.includes(userId)) return [];
  if (before.length >= limits.groupPeople) {
    throw new AppError('invalid_input', say('server.groupIsFull', { count: limits.groupPeople }));
  }
  await requireMessageable(tx, viewerId, [userId], { without: id });
  const [last] = await tx
    .select({ seq: max(messages.seq) })
    .from(messages)
    .where(eq(messages.conversationId, id));
  await tx.insert(members).values({
    conversationId: id,
    userId,
    joinedAt: wallNow,
    // Earlier messages are readable for the new member, but not unread.
    lastReadSeq: last?.seq ?? 0,
  });
  await raiseConversation(tx, id);
  // Missed calls count where the person is a member.
  await raiseUsers(tx, [userId]);
  return [...before, userId];
}

/**
 * Removes a person from a group: members may remove themselves, the creator anyone. The calling
 * command ends their participation in a live call.
 *
 * @returns whose streams must be woken
 * @throws {AppError} not_found — unknown group or member; not_allowed — not the creator
 */
export async function deleteMember(
  tx: Tx,
  viewerId: UserId,
  id: ConversationId,
  userId: UserId,
): Promise<UserId[]> {
  const creatorId = await requireGroup(tx, viewerId, id);
  if (userId !== viewerId && creatorId !== viewerId) {
    throw new AppError('not_allowed', 'server.creatorRemoves');
  }
  const before = await readMemberIds(tx, id);
  if (!before.includes(userId)) return [];
  await endMemberships(tx, userId, [id]);
  await raiseUsers(tx, [userId]);
  return before;
}

async function requireGroup(tx: Tx, viewerId: UserId, id: ConversationId): Promise<UserId | null> {
  const { conversation } = await requireMembership(tx, viewerId, id);
  if (conversation.kind !== 'group') {
    throw new AppError('invalid_input', 'server.groupsHaveMembers');
  }
  return conversation.creatorId;
}
