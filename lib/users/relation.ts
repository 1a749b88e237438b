import 'server-only';
import { and, eq, exists, inArray, ne, notInArray, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { isBy, isText } from '@/db/conditions';
import { blocks, calls, conversations, members, messages, rings } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { ConversationId, UserId } from '@/lib/ids';

/** `without`: judged as if this conversation did not exist (adding someone to a group). */
type Options = { without?: ConversationId };

/** With whom of these people there is a block, whoever made it: which one stays untold. */
export async function readBlocked(q: Readable, from: UserId, toIds: readonly UserId[]): Promise<Set<UserId>> {
  if (toIds.length === 0) return new Set();
  const ids = [...toIds];
  const rows = await q
    .select()
    .from(blocks)
    .where(
      or(
        and(eq(blocks.blockerId, from), inArray(blocks.blockedId, ids)),
        and(eq(blocks.blockedId, from), inArray(blocks.blockerId, ids)),
      ),
    );
  return new Set(rows.map((row) => (row.blockerId === from ? row.blockedId : row.blockerId)));
}

/**
 * Who of these people knows `from`, as whom they want to message or call (CALLS.md, "Who may ring whom"); the
 * direction matters. Looks through what they had to do with each other: ask it only of people who
 * let those they know.
 */
export async function readKnowing(
  q: Readable,
  from: UserId,
  toIds: readonly UserId[],
  options: Options = {},
): Promise<Set<UserId>> {
  const knowing = new Set<UserId>();
  for (const whoDid of [whoRang, whoAccepted, whoWrote]) {
    const others = toIds.filter((id) => !knowing.has(id));
    if (others.length > 0) for (const id of await whoDid(q, from, others, options)) knowing.add(id);
  }
  return knowing;
}

/** Who has written to `from` in their direct conversation, or shares a group with them that they made or wrote in. */
async function whoWrote(q: Readable, from: UserId, toIds: readonly UserId[], { without }: Options) {
  const mine = alias(members, 'mine');
  const theirs = alias(members, 'theirs');
  const wrote = q
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.conversationId, theirs.conversationId), isBy(theirs.userId), isText));
  const rows = await q
    .selectDistinct({ userId: theirs.userId })
    .from(mine)
    .innerJoin(
      conversations,
      and(eq(conversations.id, mine.conversationId), inArray(conversations.kind, ['direct', 'group'])),
    )
    .innerJoin(theirs, eq(theirs.conversationId, mine.conversationId))
    .where(
      and(
        eq(mine.userId, from),
        inArray(theirs.userId, [...toIds]),
        or(and(eq(conversations.kind, 'group'), eq(conversations.creatorId, theirs.userId)), exists(wrote)),
        ...(without ? [ne(conversations.id, without)] : []),
      ),
    );
  return rows.map((row) => row.userId);
}

/** Who has called `from`. */
async function whoRang(q: Readable, from: UserId, toIds: readonly UserId[], options: Options) {
  const rows = await q
    .selectDistinct({ userId: rings.ringerId })
    .from(rings)
    .where(and(eq(rings.userId, from), inArray(rings.ringerId, [...toIds]), outside(q, options)));
  return rows.map((row) => row.userId);
}

/** Who has accepted a call from `from`. */
async function whoAccepted(q: Readable, from: UserId, toIds: readonly UserId[], options: Options) {
  const rows = await q
    .selectDistinct({ userId: rings.userId })
    .from(rings)
    .where(
      and(
        eq(rings.ringerId, from),
        inArray(rings.userId, [...toIds]),
        eq(rings.state, 'accepted'),
        outside(q, options),
      ),
    );
  return rows.map((row) => row.userId);
}

function outside(q: Readable, { without }: Options) {
  if (!without) return undefined;
  return notInArray(
    rings.callId,
    q.select({ id: calls.id }).from(calls).where(eq(calls.conversationId, without)),
  );
}
