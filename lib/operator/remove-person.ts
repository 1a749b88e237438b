import 'server-only';
import { and, eq, ne, or } from 'drizzle-orm';
import { raised } from '@/db/revision';
import { blocks, conversations, links, members, users } from '@/db/schema';
import type { Tx } from '@/db/store';
import { unusableHash } from '@/lib/auth/password';
import { revokeOtherSignIns } from '@/lib/auth/revoke-sign-ins';
import { refreshCalls } from '@/lib/calls/commands/change-conversation';
import type { Touches } from '@/lib/calls/touching';
import { inOneUnit } from '@/lib/calls/unit-of-work';
import { endMemberships } from '@/lib/conversations/end-memberships';
import type { OperatorDeps } from '@/lib/deps';
import { type ConversationId, makeId, type UserId } from '@/lib/ids';
import { removePicture } from '@/lib/users/picture';
import { endAccess, touchedByEndOfAccess } from './end-access';
import { requireOther } from './require-operator';

/** The display name of removed people; screens show the same for unknown ids. */
export const removedName = 'Someone';

/**
 * Removes a person for good: they leave every call, channel and group, their name, profile and picture are
 * deleted, and the username becomes free. Their messages stay, written by "Someone". The other person keeps
 * a direct conversation, in which writing and calling is refused.
 */
export async function removePerson(deps: OperatorDeps, viewerId: UserId, userId: UserId): Promise<void> {
  const nobodyKnows = unusableHash();
  // The community, so that no channel is made meanwhile with this person in it.
  const touches: Touches = {
    ...touchedByEndOfAccess(viewerId, userId),
    conversations: (tx) => findPlaces(tx, userId),
    community: true,
  };
  const picture = await inOneUnit(deps, touches, async (unit) => {
    const { tx } = unit;
    const person = await requireOther(tx, viewerId, userId);
    const wallNow = deps.clock.wallNow();
    await tx
      .update(users)
      .set({
        username: `removed-${makeId('user').slice(-12)}`,
        displayName: removedName,
        sortName: '',
        about: '',
        passwordHash: nobodyKnows,
        pictureName: null,
        isOperator: false,
        suspendedAt: wallNow,
        removedAt: wallNow,
        revision: raised(tx, users, userId),
      })
      .where(eq(users.id, userId));
    await tx.delete(blocks).where(or(eq(blocks.blockerId, userId), eq(blocks.blockedId, userId)));
    await tx
      .update(links)
      .set({ revokedAt: wallNow })
      .where(or(eq(links.userId, userId), eq(links.creatorId, userId)));
    const revoked = await revokeOtherSignIns(tx, wallNow, userId, null);
    const left = await leaveAll(tx, userId);
    unit.wake('everyone', { users: [userId], conversations: left });
    await endAccess(unit, userId, revoked);
    await refreshCalls(unit, left);
    return person.pictureName;
  });
  await removePicture(deps, picture);
}

async function leaveAll(tx: Tx, userId: UserId): Promise<ConversationId[]> {
  const ids = await findPlaces(tx, userId);
  await endMemberships(tx, userId, ids);
  return ids;
}

/** The channels and groups that the person is in. */
async function findPlaces(tx: Tx, userId: UserId): Promise<ConversationId[]> {
  const rows = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .innerJoin(members, eq(members.conversationId, conversations.id))
    .where(and(eq(members.userId, userId), ne(conversations.kind, 'direct')));
  return rows.map((row) => row.id);
}
