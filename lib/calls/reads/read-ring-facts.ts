import 'server-only';
import type { ConversationKind } from '@parley/call-protocol';
import { and, eq, inArray } from 'drizzle-orm';
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
  const people = await q
    .select()
    .from(users)
    .where(inArray(users.id, [...calleeIds]));
  const muted = conversation.id
    ? await q
        .select({ userId: members.userId })
        .from(members)
        .where(and(eq(members.conversationId, conversation.id), eq(members.callsMuted, true)))
    : [];
  const mutedIds = new Set(muted.map((row) => row.userId));
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
      isMuted: mutedIds.has(person.id),
    });
  }
  return facts;
}
