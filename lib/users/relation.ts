import 'server-only';
import { and, eq, exists, inArray, isNull, ne, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { blocks, calls, conversations, members, messages, rings } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { ConversationId, UserId } from '@/lib/ids';

export type Relation = {
  /** Either has blocked the other; which one stays untold. */
  isBlocked: boolean;
  /** `to` knows `from`: the direction matters. */
  isKnown: boolean;
};

/** `without`: judged as if this conversation did not exist (adding someone to a group). */
type Options = { without?: ConversationId };

/** How `from` stands with `to`, as whom they want to message or call (CALLS.md, "Who may ring whom"). */
export async function readRelation(
  q: Readable,
  from: UserId,
  to: UserId,
  options: Options = {},
): Promise<Relation> {
  const relations = await readRelations(q, from, [to], options);
  return relations.get(to) ?? { isBlocked: false, isKnown: false };
}

/** The same for many people at once, in a fixed number of queries. */
export async function readRelations(
  q: Readable,
  from: UserId,
  toIds: readonly UserId[],
  options: Options = {},
): Promise<Map<UserId, Relation>> {
  if (toIds.length === 0) return new Map();
  const blocked = await readBlocked(q, from, toIds);
  const knowing = new Set([
    ...(await whoWroteTo(q, from, toIds, options)),
    ...(await whoRangOrAccepted(q, from, toIds, options)),
    ...(await whoSharesOwnGroup(q, from, toIds, options)),
  ]);
  return new Map(toIds.map((id) => [id, { isBlocked: blocked.has(id), isKnown: knowing.has(id) }]));
}

async function readBlocked(q: Readable, from: UserId, toIds: readonly UserId[]): Promise<Set<UserId>> {
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

/** Who has written to `from` in their direct conversation. */
async function whoWroteTo(q: Readable, from: UserId, toIds: readonly UserId[], { without }: Options) {
  const mine = alias(members, 'mine');
  const rows = await q
    .selectDistinct({ userId: messages.authorId })
    .from(mine)
    .innerJoin(
      conversations,
      and(eq(conversations.id, mine.conversationId), eq(conversations.kind, 'direct')),
    )
    .innerJoin(messages, and(eq(messages.conversationId, conversations.id), isNull(messages.callId)))
    .where(
      and(
        eq(mine.userId, from),
        inArray(messages.authorId, [...toIds]),
        ...(without ? [ne(conversations.id, without)] : []),
      ),
    );
  return rows.map((row) => row.userId);
}

/** Who has called `from`, or accepted a call from them. */
async function whoRangOrAccepted(q: Readable, from: UserId, toIds: readonly UserId[], { without }: Options) {
  const ids = [...toIds];
  const rows = await q
    .selectDistinct({ ringerId: rings.ringerId, userId: rings.userId })
    .from(rings)
    .innerJoin(calls, eq(calls.id, rings.callId))
    .where(
      and(
        or(
          and(inArray(rings.ringerId, ids), eq(rings.userId, from)),
          and(eq(rings.ringerId, from), inArray(rings.userId, ids), eq(rings.state, 'accepted')),
        ),
        ...(without ? [ne(calls.conversationId, without)] : []),
      ),
    );
  return rows.map((row) => (row.userId === from ? row.ringerId : row.userId));
}

/** Who shares a group with `from` that they themselves made or wrote in. */
async function whoSharesOwnGroup(q: Readable, from: UserId, toIds: readonly UserId[], { without }: Options) {
  const mine = alias(members, 'mine');
  const theirs = alias(members, 'theirs');
  const wrote = q
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, theirs.conversationId),
        eq(messages.authorId, theirs.userId),
        isNull(messages.callId),
      ),
    );
  const rows = await q
    .selectDistinct({ userId: theirs.userId })
    .from(mine)
    .innerJoin(conversations, and(eq(conversations.id, mine.conversationId), eq(conversations.kind, 'group')))
    .innerJoin(theirs, eq(theirs.conversationId, mine.conversationId))
    .where(
      and(
        eq(mine.userId, from),
        inArray(theirs.userId, [...toIds]),
        or(eq(conversations.creatorId, theirs.userId), exists(wrote)),
        ...(without ? [ne(conversations.id, without)] : []),
      ),
    );
  return rows.map((row) => row.userId);
}
