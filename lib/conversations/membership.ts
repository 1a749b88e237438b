import 'server-only';
import { and, eq } from 'drizzle-orm';
import { conversations, members } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';

export type ConversationRow = typeof conversations.$inferSelect;
export type MemberRow = typeof members.$inferSelect;

/**
 * The conversation and the viewer's own row in it. Throws AppError `not_found`, the same for one
 * that does not exist and one they are no member of.
 */
export async function requireMembership(
  q: Readable,
  viewerId: UserId,
  id: ConversationId,
): Promise<{ conversation: ConversationRow; member: MemberRow }> {
  const [row] = await q
    .select({ conversation: conversations, member: members })
    .from(conversations)
    .innerJoin(members, and(eq(members.conversationId, conversations.id), eq(members.userId, viewerId)))
    .where(eq(conversations.id, id));
  if (!row) throw new AppError('not_found', 'This conversation does not exist.');
  return row;
}

/** Whose streams a change concerns: everyone for a channel, else its members. */
export async function readAudience(
  q: Readable,
  conversation: Pick<ConversationRow, 'id' | 'kind'>,
): Promise<UserId[] | 'everyone'> {
  if (conversation.kind === 'channel') return 'everyone';
  return readMemberIds(q, conversation.id);
}

/** Members in the order they came. */
export async function readMemberIds(q: Readable, id: ConversationId): Promise<UserId[]> {
  const rows = await q
    .select({ userId: members.userId })
    .from(members)
    .where(eq(members.conversationId, id))
    .orderBy(members.joinedAt, members.userId);
  return rows.map((row) => row.userId);
}
