import 'server-only';
import { type ConversationView, limits } from '@parley/call-protocol';
import { nextGroupNumber } from '@/db/group-number';
import { lockRows } from '@/db/lock-rows';
import { conversations, members } from '@/db/schema';
import type { ConversationDeps } from '@/lib/deps';
import { AppError, say } from '@/lib/errors';
import { makeId, type UserId } from '@/lib/ids';
import { requireMessageable } from '@/lib/users/read-messageable';
import { requireConversation } from './read-conversations';

/** The least number of people in a new group, the creator included. */
const fewestPeople = 3;

/**
 * **Create group**: creates it with every chosen person, or not at all.
 *
 * @throws {AppError} not_allowed — the creator may not message one of them; invalid_input — too few or too many
 */
export async function createGroup(
  deps: ConversationDeps,
  viewerId: UserId,
  { userIds, title }: { userIds: readonly UserId[]; title: string | null },
): Promise<ConversationView> {
  const others = [...new Set(userIds)].filter((id) => id !== viewerId);
  if (others.length + 1 < fewestPeople) throw new AppError('invalid_input', 'server.chooseTwo');
  if (others.length + 1 > limits.groupPeople) {
    throw new AppError('invalid_input', say('server.groupIsFull', { count: limits.groupPeople }));
  }
  const id = makeId('conv');
  await deps.transaction(async (tx) => {
    await lockRows(tx, { community: true, people: [viewerId, ...others] });
    await requireMessageable(tx, viewerId, others);
    const wallNow = deps.clock.wallNow();
    await tx.insert(conversations).values({
      id,
      kind: 'group',
      title: title || null,
      creatorId: viewerId,
      groupNumber: await nextGroupNumber(tx),
      createdAt: wallNow,
      lastActivityAt: wallNow,
    });
    await tx
      .insert(members)
      .values([viewerId, ...others].map((userId) => ({ conversationId: id, userId, joinedAt: wallNow })));
  });
  await deps.bus.publish({ type: 'wake', who: [viewerId, ...others], what: { conversations: [id] } });
  return requireConversation(deps, viewerId, id);
}
