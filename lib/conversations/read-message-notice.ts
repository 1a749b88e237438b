import 'server-only';
import { and, desc, eq, gt, ne } from 'drizzle-orm';
import { isShownText } from '@/db/conditions';
import { messages, pushDevices } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';
import type { MessageNotice } from '@/lib/push/notification-words';
import { readPersons } from '@/lib/users/read-users';
import type { Viewer } from '@/lib/viewer';
import { readConversations } from './read-conversations';

/**
 * Returns what a device shows of a conversation, as things are now: what a push says may be long past.
 *
 * @throws {AppError} not_found — unknown, or the viewer is not a member any more
 */
export async function readMessageNotice(
  deps: Pick<Deps, 'db'>,
  { userId, signInId }: Viewer,
  id: ConversationId,
): Promise<MessageNotice> {
  const all = await readConversations(deps, userId);
  const conversation = all.find((one) => one.id === id);
  if (!conversation) throw new AppError('not_found', 'server.noSuchConversation');
  const [newest] = await deps.db
    .select({ text: messages.text, authorId: messages.authorId })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, id),
        gt(messages.seq, conversation.lastReadSeq),
        ne(messages.authorId, userId),
        isShownText,
      ),
    )
    .orderBy(desc(messages.seq))
    .limit(1);
  const [device] = await deps.db
    .select({ showsText: pushDevices.showsText })
    .from(pushDevices)
    .where(eq(pushDevices.signInId, signInId));
  const people = await readPersons(deps.db, (conversation.memberIds ?? []) as UserId[]);
  const author = people.find((one) => one.id === newest?.authorId);
  const names = people.filter((one) => one.id !== userId).map((one) => one.displayName);
  return {
    conversationId: id,
    unreadCount: all.reduce((sum, one) => sum + one.unreadCount, 0),
    newest:
      newest && author && !conversation.messagesMuted
        ? {
            author: author.displayName,
            pictureUrl: author.avatarUrl,
            text: device?.showsText === false ? null : newest.text,
          }
        : null,
    group: conversation.kind === 'direct' ? null : (conversation.title ?? names.join(', ')),
  };
}
