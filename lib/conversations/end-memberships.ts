import 'server-only';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { requireLocked } from '@/db/lock-rows';
import { conversations, members } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { ConversationId, UserId } from '@/lib/ids';

/**
 * Removes a person from conversations that they are in. The counter of each membership goes over into its
 * conversation's, because a person who returns has a new row that counts from the start, and a view that is newer has
 * to have a higher revision all the same.
 */
export async function endMemberships(tx: Tx, userId: UserId, ids: readonly ConversationId[]): Promise<void> {
  requireLocked(tx, [...ids, userId]);
  await inChunks(ids, (some) => {
    const own = tx
      .select({ revision: members.revision })
      .from(members)
      .where(and(eq(members.conversationId, conversations.id), eq(members.userId, userId)));
    return tx
      .update(conversations)
      .set({ revision: sql`${conversations.revision} + 1 + (${own})` })
      .where(inArray(conversations.id, some))
      .returning({ id: conversations.id });
  });
  await inChunks(ids, (some) =>
    tx
      .delete(members)
      .where(and(eq(members.userId, userId), inArray(members.conversationId, some)))
      .returning({ id: members.conversationId }),
  );
}
