import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { conversations, members } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';

export type ConversationRow = typeof conversations.$inferSelect;
export type MemberRow = typeof members.$inferSelect;

/**
 * Returns the conversation and the viewer's membership.
 *
 * @throws {AppError} not_found — unknown, or the viewer is not a member; the response is the same for both
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
  if (!row) throw new AppError('not_found', 'server.noSuchConversation');
  return row;
}

/** Returns whose streams a change must wake: everyone for a channel, else the members. */
export async function readAudience(
  q: Readable,
  conversation: Pick<ConversationRow, 'id' | 'kind'>,
): Promise<UserId[] | 'everyone'> {
  if (conversation.kind === 'channel') return 'everyone';
  return readMemberIds(q, conversation.id);
}

/** Returns the members in the order in which they joined. */
export async function readMemberIds(q: Readable, id: ConversationId): Promise<UserId[]> {
  const rows = await q
    .select({ userId: members.userId })
    .from(members)
    .where(eq(members.conversationId, id))
    .orderBy(members.joinedAt, members.userId);
  return rows.map((row) => row.userId);
}

/**
 * Returns whose rows a message locks: its writer, whose membership it changes, and in a direct conversation the other
 * person, who may be blocking the writer at this moment.
 */
export async function readWriters(q: Readable, writerId: UserId, id: ConversationId): Promise<UserId[]> {
  const rows = await q
    .select({ userId: members.userId })
    .from(conversations)
    .innerJoin(members, eq(members.conversationId, conversations.id))
    .where(and(eq(conversations.id, id), eq(conversations.kind, 'direct')));
  return [writerId, ...rows.map((row) => row.userId)];
}

/** Returns which of these people are members. */
export async function readMembersAmong(
  q: Readable,
  id: ConversationId,
  userIds: readonly UserId[],
): Promise<ReadonlySet<UserId>> {
  const rows = await inChunks(userIds, (some) =>
    q
      .select({ userId: members.userId })
      .from(members)
      .where(and(eq(members.conversationId, id), inArray(members.userId, some))),
  );
  return new Set(rows.map((row) => row.userId));
}
