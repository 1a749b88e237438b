import 'server-only';
import { and, eq, isNull, ne } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { raised } from '@/db/revision';
import { conversations, members, users } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { OperatorDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { type ConversationId, makeId, type UserId } from '@/lib/ids';
import { requireOperator } from './require-operator';

/**
 * Creates a channel with every user as a member.
 *
 * @throws {AppError} conflict — another channel has this name
 */
export async function createChannel(
  deps: OperatorDeps,
  viewerId: UserId,
  title: string,
): Promise<{ id: ConversationId; title: string }> {
  const id = makeId('conv');
  await deps.transaction(async (tx) => {
    await lockRows(tx, { community: true, people: [viewerId] });
    await requireOperator(tx, viewerId);
    await requireFreeTitle(tx, id, title);
    const wallNow = deps.clock.wallNow();
    const dates = { createdAt: wallNow, lastActivityAt: wallNow };
    await tx.insert(conversations).values({ id, kind: 'channel', title, creatorId: viewerId, ...dates });
    for (const { userId } of await tx
      .select({ userId: users.id })
      .from(users)
      .where(isNull(users.removedAt))) {
      await tx.insert(members).values({ conversationId: id, userId, joinedAt: wallNow });
    }
  });
  await deps.bus.publish({ type: 'wake', who: 'everyone', what: { conversations: [id] } });
  return { id, title };
}

/**
 * Renames a channel.
 *
 * @throws {AppError} not_found — the id belongs to no channel; conflict — another channel has this name
 */
export async function renameChannel(
  deps: OperatorDeps,
  viewerId: UserId,
  id: ConversationId,
  title: string,
): Promise<void> {
  await deps.transaction(async (tx) => {
    await lockRows(tx, { community: true, conversations: [id], people: [viewerId] });
    await requireOperator(tx, viewerId);
    await requireFreeTitle(tx, id, title);
    const renamed = await tx
      .update(conversations)
      .set({ title, revision: raised(tx, conversations, id) })
      .where(and(eq(conversations.id, id), eq(conversations.kind, 'channel')))
      .returning({ id: conversations.id });
    if (renamed.length === 0) throw new AppError('not_found', 'server.noSuchChannel');
  });
  await deps.bus.publish({ type: 'wake', who: 'everyone', what: { conversations: [id] } });
}

async function requireFreeTitle(tx: Tx, id: ConversationId, title: string): Promise<void> {
  const [taken] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.kind, 'channel'), eq(conversations.title, title), ne(conversations.id, id)));
  if (taken) throw new AppError('conflict', 'server.channelNameTaken');
}
