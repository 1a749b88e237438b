import 'server-only';
import { aliasedTable, and, eq, exists, inArray, ne, notExists, or, type SQL } from 'drizzle-orm';
import { isText } from '@/db/conditions';
import { blocks, calls, conversations, members, messages, rings, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { ConversationId, UserId } from '@/lib/ids';

/** `without`: judged as if this conversation did not exist (adding someone to a group). */
type Options = { without?: ConversationId };

/** The people of `toIds` with whom there is a block in either direction; the direction stays private. */
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
 * Who of these people knows `from`, as whom they want to message or call (docs/calls.md, "Who may ring whom"); the
 * direction matters. It reads their shared conversations and rings, so call it only for people whose permission
 * is **People I know**.
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
  const mine = aliasedTable(members, 'mine');
  const theirs = aliasedTable(members, 'theirs');
  const wrote = q
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(eq(messages.conversationId, theirs.conversationId), eq(messages.authorId, theirs.userId), isText),
    );
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
  return whoHasRing(q, toIds, options, and(eq(rings.userId, from), eq(rings.ringerId, users.id)));
}

/** Who has accepted a call from `from`. */
async function whoAccepted(q: Readable, from: UserId, toIds: readonly UserId[], options: Options) {
  const accepted = eq(rings.state, 'accepted');
  return whoHasRing(q, toIds, options, and(eq(rings.userId, users.id), eq(rings.ringerId, from), accepted));
}

/** Returns those of `toIds` with whom at least one ring of this kind exists. */
async function whoHasRing(
  q: Readable,
  toIds: readonly UserId[],
  { without }: Options,
  isBetween: SQL | undefined,
): Promise<UserId[]> {
  const elsewhere = without
    ? notExists(
        q
          .select({ id: calls.id })
          .from(calls)
          .where(and(eq(calls.id, rings.callId), eq(calls.conversationId, without))),
      )
    : undefined;
  const ring = q.select({ id: rings.id }).from(rings).where(and(isBetween, elsewhere));
  const rows = await q
    .select({ userId: users.id })
    .from(users)
    .where(and(inArray(users.id, [...toIds]), exists(ring)));
  return rows.map((row) => row.userId);
}
