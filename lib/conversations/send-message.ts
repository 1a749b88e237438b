import 'server-only';
import type { MessageView } from '@parley/call-protocol';
import { and, eq } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { raised } from '@/db/revision';
import { conversations, members, messages } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Clock } from '@/lib/clock';
import type { ConversationDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { type ConversationId, type MessageId, makeId, type UserId } from '@/lib/ids';
import { queueMessage } from '@/lib/push/queue-messages';
import type { Audience } from '@/lib/realtime/bus';
import { requireMessageable } from '@/lib/users/read-messageable';
import { readAudience, readMemberIds, readWriters, requireMembership } from './membership';
import { readMessage } from './read-messages';

/**
 * Sends a message exactly once: a repeat with the same client-made id returns the first result.
 *
 * @throws {AppError} not_found — the viewer is not a member; not_allowed — may not message the other person;
 * conflict — the id was used in another conversation
 */
export async function sendMessage(
  deps: ConversationDeps,
  viewerId: UserId,
  id: ConversationId,
  { text, clientMessageId }: { text: string; clientMessageId: string | null },
): Promise<{ message: MessageView; isNew: boolean }> {
  const { messageId, audience, hasPushes } = await deps.transaction(async (tx) => {
    // The conversation also because positions are dealt before the commit: under its lock they become visible in order.
    await lockRows(tx, { conversations: [id], people: () => readWriters(tx, viewerId, id) });
    return writeMessage(tx, deps.clock, viewerId, id, { text, clientMessageId });
  });
  if (hasPushes) deps.pushSignal.note();
  const what = { conversations: [id], messages: [messageId] };
  if (audience) await deps.bus.publish({ type: 'wake', who: audience, what });
  const message = await readMessage(deps, viewerId, messageId);
  if (!message) throw new AppError('not_found');
  return { message, isNew: audience !== null };
}

/**
 * The same inside a transaction of the calling code, which wakes the streams after its commit.
 *
 * @returns `audience`, whose streams have to be woken; null for a repeat, which wrote nothing. `hasPushes`: there is
 * something to send to devices
 */
export async function writeMessage(
  tx: Tx,
  clock: Pick<Clock, 'now' | 'wallNow'>,
  viewerId: UserId,
  id: ConversationId,
  { text, clientMessageId }: { text: string; clientMessageId: string | null },
): Promise<{ messageId: MessageId; audience: Audience | null; hasPushes: boolean }> {
  const wallNow = clock.wallNow();
  const { conversation } = await requireMembership(tx, viewerId, id);
  const first = clientMessageId ? await findFirst(tx, viewerId, id, clientMessageId) : null;
  if (first) return { messageId: first, audience: null, hasPushes: false };
  if (conversation.kind === 'direct') {
    const others = (await readMemberIds(tx, id)).filter((userId) => userId !== viewerId);
    await requireMessageable(tx, viewerId, others);
  }
  const messageId = makeId('msg');
  const [row] = await tx
    .insert(messages)
    .values({
      id: messageId,
      conversationId: id,
      authorId: viewerId,
      text,
      clientMessageId,
      sentAt: wallNow,
    })
    .returning({ seq: messages.seq });
  await tx
    .update(conversations)
    .set({ lastActivityAt: wallNow, revision: raised(tx, conversations, id) })
    .where(eq(conversations.id, id));
  // Writing marks everything above as read.
  await tx
    .update(members)
    .set({ ...(row ? { lastReadSeq: row.seq } : {}), revision: raised(tx, members, viewerId) })
    .where(and(eq(members.conversationId, id), eq(members.userId, viewerId)));
  const hasPushes = conversation.kind !== 'channel' && (await queueMessage(tx, clock.now(), id, viewerId));
  return { messageId, audience: await readAudience(tx, conversation), hasPushes };
}

async function findFirst(tx: Tx, authorId: UserId, id: ConversationId, clientMessageId: string) {
  const [row] = await tx
    .select({ id: messages.id, conversationId: messages.conversationId })
    .from(messages)
    .where(and(eq(messages.authorId, authorId), eq(messages.clientMessageId, clientMessageId)));
  if (row && row.conversationId !== id) {
    throw new AppError('conflict', 'server.sentElsewhere');
  }
  return row?.id ?? null;
}
