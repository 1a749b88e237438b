import 'server-only';
import { and, desc, eq, gt, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { inChunks } from '@/db/chunks';
import { isShown, isShownText } from '@/db/conditions';
import { callLog, conversations, members, messages } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';
import type { ConversationView } from '@/lib/protocol';
import { readCallEntries } from './call-entry';

type Reading = Pick<Deps, 'db'>;

/** Every conversation the viewer is in, the last active first. */
export async function readConversations(deps: Reading, viewerId: UserId): Promise<ConversationView[]> {
  return readViews(deps.db, viewerId, null);
}

/** One conversation, or null: unknown, or the viewer is not in it (any more). */
export async function readConversation(
  deps: Reading,
  viewerId: UserId,
  id: ConversationId,
): Promise<ConversationView | null> {
  const [view] = await readViews(deps.db, viewerId, id);
  return view ?? null;
}

/** The same where it has to be there; throws AppError `not_found`. */
export async function requireConversation(
  deps: Reading,
  viewerId: UserId,
  id: ConversationId,
): Promise<ConversationView> {
  const view = await readConversation(deps, viewerId, id);
  if (!view) throw new AppError('not_found', 'This conversation does not exist.');
  return view;
}

/** Reads the views in a number of queries that does not grow with the number of conversations. */
async function readViews(
  q: Readable,
  viewerId: UserId,
  only: ConversationId | null,
): Promise<ConversationView[]> {
  const rows = await q
    .select({ conversation: conversations, mine: members })
    .from(conversations)
    .innerJoin(members, and(eq(members.conversationId, conversations.id), eq(members.userId, viewerId)))
    .where(only ? eq(conversations.id, only) : undefined)
    .orderBy(desc(conversations.lastActivityAt), conversations.id);
  if (rows.length === 0) return [];
  const scope = { viewerId, only };
  const people = await readPeople(q, scope);
  const unread = await countUnread(q, scope);
  const last = await readLastMessages(q, scope);
  return rows.map(({ conversation, mine }) => ({
    id: conversation.id,
    kind: conversation.kind,
    title: conversation.title,
    creatorId: conversation.creatorId,
    memberIds: conversation.kind === 'channel' ? null : (people.get(conversation.id) ?? []),
    callsMuted: mine.callsMuted,
    unreadCount: unread.get(conversation.id) ?? 0,
    lastReadSeq: mine.lastReadSeq,
    lastMessage: last.get(conversation.id) ?? null,
    lastActivityAt: conversation.lastActivityAt,
    revision: Math.max(conversation.revision, mine.revision),
  }));
}

type Scope = { viewerId: UserId; only: ConversationId | null };
/** The viewer's memberships in the conversations that are read. A list of ids would outgrow one statement. */
const inScope = ({ viewerId, only }: Scope) =>
  and(eq(members.userId, viewerId), only ? eq(members.conversationId, only) : undefined);

async function readPeople(q: Readable, scope: Scope): Promise<Map<ConversationId, UserId[]>> {
  const everyone = alias(members, 'everyone');
  const rows = await q
    .select({ id: everyone.conversationId, userId: everyone.userId })
    .from(members)
    .innerJoin(
      conversations,
      and(eq(conversations.id, members.conversationId), ne(conversations.kind, 'channel')),
    )
    .innerJoin(everyone, eq(everyone.conversationId, members.conversationId))
    .where(inScope(scope))
    .orderBy(everyone.joinedAt, everyone.userId);
  const grouped = Map.groupBy(rows, (row) => row.id);
  return new Map([...grouped].map(([id, found]) => [id, found.map((row) => row.userId)]));
}

/** Counting stops here, so that the cost of a further message stays the same for a person who never reads. */
const mostUnread = 1000;

/** Texts by others and missed calls after the position to which the viewer has read, up to `mostUnread`. */
async function countUnread(q: Readable, scope: Scope): Promise<Map<ConversationId, number>> {
  const texts = q
    .select({ seq: messages.seq })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, members.conversationId),
        gt(messages.seq, members.lastReadSeq),
        ne(messages.authorId, scope.viewerId),
        isShownText,
      ),
    )
    .limit(mostUnread);
  const missed = q
    .select({ seq: callLog.seq })
    .from(callLog)
    .where(
      and(
        eq(callLog.userId, scope.viewerId),
        eq(callLog.conversationId, members.conversationId),
        gt(callLog.seq, members.lastReadSeq),
        isNotNull(callLog.missedAt),
      ),
    )
    .limit(mostUnread);
  const rows = await q
    .select({
      id: members.conversationId,
      unread: sql<number>`(select count(*) from (${texts})) + (select count(*) from (${missed}))`,
    })
    .from(members)
    .where(inScope(scope));
  return new Map(rows.map((row) => [row.id, Math.min(row.unread, mostUnread)]));
}

async function readLastMessages(
  q: Readable,
  scope: Scope,
): Promise<Map<ConversationId, NonNullable<ConversationView['lastMessage']>>> {
  const newest = q
    .select({ seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.conversationId, members.conversationId), isShown))
    .orderBy(desc(messages.seq))
    .limit(1);
  const seqs = await q
    .select({ seq: sql<number | null>`(${newest})` })
    .from(members)
    .where(inScope(scope));
  const rows = await inChunks(
    seqs.flatMap((row) => row.seq ?? []),
    (some) => q.select().from(messages).where(inArray(messages.seq, some)),
  );
  const entries = await readCallEntries(
    q,
    scope.viewerId,
    rows.flatMap((row) => row.callId ?? []),
  );
  return new Map(
    rows.map((row) => [
      row.conversationId,
      {
        authorId: row.authorId,
        text: row.text,
        sentAt: row.sentAt,
        callEntry: row.callId ? (entries.get(row.callId) ?? null) : null,
      },
    ]),
  );
}
