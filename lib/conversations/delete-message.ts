import 'server-only';
import { and, eq } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { raiseConversation, raised } from '@/db/revision';
import { messages } from '@/db/schema';
import type { ConversationDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { ConversationId, MessageId, UserId } from '@/lib/ids';
import { readAudience, requireMembership } from './membership';

/**
 * Deletes the viewer's own message: its text leaves the database, its position stays. Deleting twice changes
 * nothing.
 *
 * @throws {AppError} not_found — unknown message; not_allowed — written by another person, or a call's entry
 */
export async function deleteMessage(
  deps: ConversationDeps,
  viewerId: UserId,
  id: ConversationId,
  messageId: MessageId,
): Promise<void> {
  const audience = await deps.transaction(async (tx) => {
    await lockRows(tx, { conversations: [id] });
    const { conversation } = await requireMembership(tx, viewerId, id);
    const [row] = await tx
      .select()
      .from(messages)
      .where(and(eq(messages.id, messageId), eq(messages.conversationId, id)));
    if (!row) throw new AppError('not_found', 'server.noSuchMessage');
    if (row.authorId !== viewerId || row.callId) {
      throw new AppError('not_allowed', 'server.deleteOwnOnly');
    }
    if (row.deletedAt !== null) return [];
    await tx
      .update(messages)
      .set({ text: '', deletedAt: deps.clock.wallNow(), revision: raised(tx, messages, id) })
      .where(eq(messages.id, messageId));
    await raiseConversation(tx, id);
    return readAudience(tx, conversation);
  });
  const what = { conversations: [id], messages: [messageId] };
  await deps.bus.publish({ type: 'wake', who: audience, what });
}
