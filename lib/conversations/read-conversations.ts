import 'server-only';
import { and, count, desc, eq, gt, inArray, isNotNull, isNull, max, ne } from 'drizzle-orm';
import { conversations, members, messages } from '@/db/schema';
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

/** In a number of queries that does not grow with the number of conversations. */
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
  const ids = rows.map((row) => row.conversation.id);
  if (ids.length === 0) return [];
  const people = await readPeople(
    q,
    rows.filter((row) => row.conversation.kind !== 'channel').map((row) => row.conversation.id),
  );
  const unread = await countUnread(q, viewerId, ids);
  const last = await readLastMessages(q, viewerId, ids);
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

async function readPeople(q: Readable, ids: ConversationId[]): Promise<Map<ConversationId, UserId[]>> {
  const rows = await q
    .select({ id: members.conversationId, userId: members.userId })
    .from(members)
    .where(inArray(members.conversationId, ids))
    .orderBy(members.joinedAt, members.userId);
  const grouped = Map.groupBy(rows, (row) => row.id);
  return new Map([...grouped].map(([id, found]) => [id, found.map((row) => row.userId)]));
}

/** What others wrote since the viewer last read, and calls they missed since. */
async function countUnread(
  q: Readable,
  viewerId: UserId,
  ids: ConversationId[],
): Promise<Map<ConversationId, number>> {
  const mine = and(eq(members.conversationId, messages.conversationId), eq(members.userId, viewerId));
  const isNew = [
    inArray(messages.conversationId, ids),
    gt(messages.seq, members.lastReadSeq),
    ne(messages.authorId, viewerId),
    isNull(messages.deletedAt),
  ];
  const texts = await q
    .select({ id: messages.conversationId, unread: count() })
    .from(messages)
    .innerJoin(members, mine)
    .where(and(...isNew, isNull(messages.callId)))
    .groupBy(messages.conversationId);
  const found = new Map(texts.map((row) => [row.id, row.unread]));
  const entries = await q
    .select({ id: messages.conversationId, callId: messages.callId })
    .from(messages)
    .innerJoin(members, mine)
    .where(and(...isNew, isNotNull(messages.callId)));
  const told = await readCallEntries(
    q,
    viewerId,
    entries.flatMap((row) => row.callId ?? []),
  );
  for (const { id, callId } of entries) {
    if (callId && told.get(callId)?.outcome === 'missed') found.set(id, (found.get(id) ?? 0) + 1);
  }
  return found;
}

async function readLastMessages(
  q: Readable,
  viewerId: UserId,
  ids: ConversationId[],
): Promise<Map<ConversationId, NonNullable<ConversationView['lastMessage']>>> {
  const newest = await q
    .select({ seq: max(messages.seq) })
    .from(messages)
    .where(and(inArray(messages.conversationId, ids), isNull(messages.deletedAt)))
    .groupBy(messages.conversationId);
  const seqs = newest.flatMap((row) => row.seq ?? []);
  const rows = await q.select().from(messages).where(inArray(messages.seq, seqs));
  const told = await readCallEntries(
    q,
    viewerId,
    rows.flatMap((row) => row.callId ?? []),
  );
  return new Map(
    rows.map((row) => [
      row.conversationId,
      {
        authorId: row.authorId,
        text: row.text,
        sentAt: row.sentAt,
        callEntry: row.callId ? (told.get(row.callId) ?? null) : null,
      },
    ]),
  );
}
