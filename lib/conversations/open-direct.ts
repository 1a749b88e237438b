import 'server-only';
import type { ConversationView } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import { lockRows, noteInserted } from '@/db/lock-rows';
import { conversations, members } from '@/db/schema';
import type { Readable, Tx } from '@/db/store';
import type { ConversationDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { type ConversationId, makeId, type UserId } from '@/lib/ids';
import { requireMessageable } from '@/lib/users/read-messageable';
import { directPairOf } from './direct-pair';
import { requireConversation } from './read-conversations';

/**
 * Returns the direct conversation of two people and creates it if there is none. The calling code checks the
 * permission in the same transaction.
 */
export async function findOrMakeDirect(
  tx: Tx,
  wallNow: number,
  one: UserId,
  other: UserId,
): Promise<{ conversationId: ConversationId; isNew: boolean }> {
  const found = await findDirect(tx, one, other);
  if (found) return { conversationId: found, isNew: false };
  const id = makeId('conv');
  noteInserted(tx, id);
  await tx.insert(conversations).values({
    id,
    kind: 'direct',
    creatorId: one,
    directPair: directPairOf(one, other),
    createdAt: wallNow,
    lastActivityAt: wallNow,
  });
  await tx
    .insert(members)
    .values([one, other].map((userId) => ({ conversationId: id, userId, joinedAt: wallNow })));
  return { conversationId: id, isNew: true };
}

/**
 * **Message** on a profile: opens the direct conversation, or creates it when the viewer may message the
 * other person. An existing conversation always opens.
 *
 * @throws {AppError} not_allowed — may not message; not_found — unknown person; invalid_input — the viewer's own id
 */
export async function openDirect(
  deps: ConversationDeps,
  viewerId: UserId,
  otherId: UserId,
): Promise<{ conversation: ConversationView; isNew: boolean }> {
  if (viewerId === otherId) throw new AppError('invalid_input', 'server.chooseAnother');
  const { conversationId, isNew } = await deps.transaction(async (tx) => {
    await lockRows(tx, { people: [viewerId, otherId] });
    if (!(await findDirect(tx, viewerId, otherId))) await requireMessageable(tx, viewerId, [otherId]);
    return findOrMakeDirect(tx, deps.clock.wallNow(), viewerId, otherId);
  });
  const what = { conversations: [conversationId] };
  if (isNew) await deps.bus.publish({ type: 'wake', who: [viewerId, otherId], what });
  return { conversation: await requireConversation(deps, viewerId, conversationId), isNew };
}

/** The direct conversation of two people, or null. */
export async function findDirect(q: Readable, one: UserId, other: UserId): Promise<ConversationId | null> {
  const [found] = await q
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.directPair, directPairOf(one, other)));
  return found?.id ?? null;
}
