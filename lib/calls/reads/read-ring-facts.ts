import 'server-only';
import type { ConversationKind } from '@parley/call-protocol';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { members, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { ConversationId, UserId } from '@/lib/ids';
import { readBlocked, readKnowing } from '@/lib/users/relation';
import type { RingFacts } from '../model/may-ring';

/**
 * Gathers what `mayRing` decides by, for each callee, in a fixed number of queries. Unknown people are left out.
 */
export async function readRingFacts(
  q: Readable,
  callerId: UserId,
  calleeIds: readonly UserId[],
  conversation: { id: ConversationId | null; kind: ConversationKind },
): Promise<Map<UserId, RingFacts>> {
  const facts = new Map<UserId, RingFacts>();
  if (calleeIds.length === 0) return facts;
  const isIn = conversation.id
    ? and(eq(members.userId, users.id), eq(members.conversationId, conversation.id))
    : sql`false`;
  const people = await q
    .select({
      id: users.id,
      callPermission: users.callPermission,
      messagePermission: users.messagePermission,
      suspendedAt: users.suspendedAt,
      doNotDisturb: users.doNotDisturb,
      callsMuted: members.callsMuted,
    })
    .from(users)
    .leftJoin(members, isIn)
    .where(inArray(users.id, [...calleeIds]));
  const blocked = await readBlocked(q, callerId, calleeIds);
  const asked = people.filter((one) => one.callPermission === 'known' || one.messagePermission === 'known');
  const knowing = await readKnowing(
    q,
    callerId,
    asked.map((one) => one.id),
  );
  for (const person of people) {
    facts.set(person.id, {
      conversationKind: conversation.kind,
      callPermission: person.callPermission,
      messagePermission: person.messagePermission,
      isKnown: knowing.has(person.id),
      isBlocked: blocked.has(person.id),
      isSuspended: person.suspendedAt !== null,
      doNotDisturb: person.doNotDisturb,
      isMuted: person.callsMuted ?? false,
    });
  }
  return facts;
}
