import 'server-only';
import { and, eq } from 'drizzle-orm';
import { raised } from '@/db/revision';
import { conversations, members } from '@/db/schema';
import type { Tx } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';
import { readMemberIds, requireMembership } from './membership';

export type ConversationChange = {
  title?: string | undefined;
  callsMuted?: boolean | undefined;
  messagesMuted?: boolean | undefined;
};

/**
 * Renames a group for everyone, and mutes or unmutes its calls, or notifications of its messages, for the viewer only;
 * others cannot see the mutes.
 * The calling command quiets the viewer's rings.
 *
 * @returns whose streams must be woken
 * @throws {AppError} not_found — the viewer is not a member; invalid_input — only groups have titles
 */
export async function saveConversation(
  tx: Tx,
  viewerId: UserId,
  id: ConversationId,
  change: ConversationChange,
): Promise<UserId[]> {
  const { conversation } = await requireMembership(tx, viewerId, id);
  const { title, ...mutes } = change;
  if (Object.values(mutes).some((mute) => mute !== undefined)) {
    await tx
      .update(members)
      .set({ ...mutes, revision: raised(tx, members, viewerId) })
      .where(and(eq(members.conversationId, id), eq(members.userId, viewerId)));
  }
  if (title === undefined) return [viewerId];
  if (conversation.kind !== 'group') throw new AppError('invalid_input', 'server.groupsHaveNames');
  await tx
    .update(conversations)
    .set({ title, revision: raised(tx, conversations, id) })
    .where(eq(conversations.id, id));
  return readMemberIds(tx, id);
}
