import 'server-only';
import { eq } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { raiseConversation } from '@/db/revision';
import { callBacks } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { ConversationDeps } from '@/lib/deps';
import type { ConversationId, UserId } from '@/lib/ids';
import { readAudience, requireMembership } from './membership';

/**
 * Keeps the promise of one member of a direct conversation to call the other back; it replaces an earlier one. The
 * calling code has checked the membership and wakes the streams.
 *
 * @param dueAt in wall-clock milliseconds
 */
export async function keepCallBack(
  tx: Tx,
  promise: { conversationId: ConversationId; userId: UserId; dueAt: number },
): Promise<void> {
  const { userId, dueAt } = promise;
  await tx
    .insert(callBacks)
    .values(promise)
    .onConflictDoUpdate({ target: callBacks.conversationId, set: { userId, dueAt } });
  await raiseConversation(tx, promise.conversationId);
}

/**
 * Removes the promise of a conversation inside a transaction of the calling code.
 *
 * @returns whether there was one, and so whether the members' streams have to be woken
 */
export async function removeCallBack(tx: Tx, id: ConversationId): Promise<boolean> {
  const removed = await tx
    .delete(callBacks)
    .where(eq(callBacks.conversationId, id))
    .returning({ id: callBacks.conversationId });
  if (removed.length === 0) return false;
  await raiseConversation(tx, id);
  return true;
}

/**
 * Drops the promise to call back; either member may, and dropping twice changes nothing.
 *
 * @throws {AppError} not_found — the viewer is not a member
 */
export async function dropCallBack(
  deps: ConversationDeps,
  viewerId: UserId,
  id: ConversationId,
): Promise<void> {
  const who = await deps.transaction(async (tx) => {
    await lockRows(tx, { conversations: [id] });
    const { conversation } = await requireMembership(tx, viewerId, id);
    return (await removeCallBack(tx, id)) ? readAudience(tx, conversation) : null;
  });
  if (who) await deps.bus.publish({ type: 'wake', who, what: { conversations: [id] } });
}
