import 'server-only';
import { and, eq, isNull, ne } from 'drizzle-orm';
import { blocks, members, pushDevices, pushOutbox, users } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { ConversationId, UserId } from '@/lib/ids';
import { atOnce, insertRows, toDevice, withdraw } from './queue-pushes';

/** How long a message is worth notifying of a device that was not connected. */
const notifiedForMs = 24 * 3600_000;

/**
 * Writes that a direct or group conversation has a new message, in the transaction that sends it: one row for each device
 * and conversation. Left out are its author, who has muted messages there or does not want to be disturbed, and who
 * blocks the author.
 *
 * @param now milliseconds of `clock.now()`
 * @returns whether there is anything to send
 */
export async function queueMessage(
  tx: Tx,
  now: number,
  conversationId: ConversationId,
  authorId: UserId,
): Promise<boolean> {
  const rows = await tx
    .select({ device: pushDevices })
    .from(members)
    .innerJoin(pushDevices, eq(pushDevices.userId, members.userId))
    .innerJoin(users, eq(users.id, members.userId))
    .leftJoin(blocks, and(eq(blocks.blockerId, members.userId), eq(blocks.blockedId, authorId)))
    .where(
      and(
        eq(members.conversationId, conversationId),
        ne(members.userId, authorId),
        eq(members.messagesMuted, false),
        eq(users.doNotDisturb, false),
        isNull(blocks.blockerId),
      ),
    );
  await insertRows(
    tx,
    rows.map(({ device }) => ({
      ...toDevice(device),
      about: conversationId,
      kind: 'message' as const,
      dueAt: atOnce,
      expiresAt: now + notifiedForMs,
    })),
  );
  return rows.length > 0;
}

/**
 * Writes that a person has read a conversation, or wants no notifications of it, in the transaction that says so.
 *
 * @returns whether there is anything to send
 */
export async function withdrawMessages(
  tx: Tx,
  conversationId: ConversationId,
  userId: UserId,
): Promise<boolean> {
  return withdraw(tx, and(eq(pushOutbox.about, conversationId), eq(pushOutbox.userId, userId)));
}
