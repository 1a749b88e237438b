import 'server-only';
import type { ConversationView, Gone } from '@parley/call-protocol';
import { aliasedTable, and, desc, eq, gt, inArray, isNotNull, ne, type SQL, sql } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { countRows, isShown, isShownText } from '@/db/conditions';
import { callBacks, callLog, conversations, members, messages } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';
import type { SeenBy } from '@/lib/viewer';
import { readCallEntries } from './call-entry';
import { groupHue } from './group-hue';
import { onePerKey } from './one-per-key';

type Reading = Pick<Deps, 'db'>;

/** Every conversation the viewer is in, the last active first. */
export async function readConversations(deps: Reading, viewerId: UserId): Promise<ConversationView[]> {
  return (await readViews(deps.db, eq(members.userId, viewerId))).map(({ view }) => view);
}

/** One conversation, or null: unknown, or the viewer is not in it (any more). */
export async function readConversation(
  deps: Reading,
  viewerId: UserId,
  id: ConversationId,
): Promise<ConversationView | null> {
  const view = (await readConversationFor(deps, id, [viewerId]))(viewerId);
  return view && 'gone' in view ? null : view;
}

/** The same for many viewers, in a number of queries that does not grow with theirs; `gone` for those not in it. */
export async function readConversationFor(
  deps: Reading,
  id: ConversationId,
  viewerIds: readonly UserId[],
): Promise<SeenBy<ConversationView | Gone>> {
  const found = await inChunks(viewerIds, (some) =>
    readViews(deps.db, and(eq(members.conversationId, id), inArray(members.userId, some))),
  );
  const views = new Map(found.map(({ viewerId, view }) => [viewerId, view]));
  const gone = viewerIds.every((viewerId) => views.has(viewerId)) ? null : await readGone(deps.db, id);
  return (viewerId) => views.get(viewerId) ?? gone;
}

async function readGone(q: Readable, id: ConversationId): Promise<Gone | null> {
  const [row] = await q
    .select({ revision: conversations.revision })
    .from(conversations)
    .where(eq(conversations.id, id));
  return row ? { id, revision: row.revision, gone: true } : null;
}

/** The same where it has to be there; throws AppError `not_found`. */
export async function requireConversation(
  deps: Reading,
  viewerId: UserId,
  id: ConversationId,
): Promise<ConversationView> {
  const view = await readConversation(deps, viewerId, id);
  if (!view) throw new AppError('not_found', 'server.noSuchConversation');
  return view;
}

/** Which memberships are read, as a condition of `members`. A list of ids would outgrow one statement. */
type Scope = SQL | undefined;
const memberKey = (conversationId: ConversationId, userId: UserId) => `${conversationId} ${userId}`;

/** Reads the views in a number of queries that does not grow with the number of conversations or viewers. */
async function readViews(q: Readable, scope: Scope): Promise<{ viewerId: UserId; view: ConversationView }[]> {
  const rows = await q
    .select({ conversation: conversations, mine: members, callBack: callBacks })
    .from(conversations)
    .innerJoin(members, eq(members.conversationId, conversations.id))
    .leftJoin(callBacks, eq(callBacks.conversationId, conversations.id))
    .where(scope)
    .orderBy(desc(conversations.lastActivityAt), conversations.id);
  if (rows.length === 0) return [];
  const hasLists = rows.some(({ conversation }) => conversation.kind !== 'channel');
  const people = hasLists ? await readPeople(q, scope) : new Map<ConversationId, UserId[]>();
  const unread = await countUnread(q, scope);
  const lastMessageFor = await readLastMessages(q, scope);
  const same = onePerKey<ConversationView>();
  return rows.map(({ conversation, mine, callBack }) => {
    const own = {
      callsMuted: mine.callsMuted,
      ...(mine.messagesMuted ? { messagesMuted: true } : {}),
      unreadCount: unread.get(memberKey(conversation.id, mine.userId)) ?? 0,
      lastReadSeq: mine.lastReadSeq,
      lastMessage: lastMessageFor(conversation.id, mine.userId),
      revision: conversation.revision + mine.revision,
    };
    const make = () => ({
      id: conversation.id,
      kind: conversation.kind,
      title: conversation.title,
      ...groupHue(conversation.groupNumber),
      creatorId: conversation.creatorId,
      memberIds: conversation.kind === 'channel' ? null : (people.get(conversation.id) ?? []),
      lastActivityAt: conversation.lastActivityAt,
      callBack: callBack && { userId: callBack.userId, dueAt: callBack.dueAt },
      ...own,
    });
    const { lastMessage, ...numbers } = own;
    const entry = lastMessage?.callEntry && [lastMessage.callEntry.outcome, lastMessage.callEntry.line];
    return { viewerId: mine.userId, view: same(JSON.stringify([conversation.id, numbers, entry]), make) };
  });
}

/** The conversations in scope, each once however many viewers it has there. */
const idsIn = (q: Readable, scope: Scope) =>
  q.selectDistinct({ id: members.conversationId }).from(members).where(scope);

async function readPeople(q: Readable, scope: Scope): Promise<Map<ConversationId, UserId[]>> {
  const scoped = idsIn(q, scope).as('scoped');
  const everyone = aliasedTable(members, 'everyone');
  const rows = await q
    .select({ id: everyone.conversationId, userId: everyone.userId })
    .from(scoped)
    .innerJoin(conversations, and(eq(conversations.id, scoped.id), ne(conversations.kind, 'channel')))
    .innerJoin(everyone, eq(everyone.conversationId, scoped.id))
    .orderBy(everyone.joinedAt, everyone.userId);
  const grouped = Map.groupBy(rows, (row) => row.id);
  return new Map([...grouped].map(([id, found]) => [id, found.map((row) => row.userId)]));
}

/** Counting stops here, so that the cost of a further message stays the same for a person who never reads. */
const mostUnread = 1000;

/** Texts by others and missed calls after the position to which the viewer has read, up to `mostUnread`. */
async function countUnread(q: Readable, scope: Scope): Promise<Map<string, number>> {
  const texts = q
    .select({ seq: messages.seq })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, members.conversationId),
        gt(messages.seq, members.lastReadSeq),
        ne(messages.authorId, members.userId),
        isShownText,
      ),
    )
    .limit(mostUnread);
  const missed = q
    .select({ seq: callLog.seq })
    .from(callLog)
    .where(
      and(
        eq(callLog.userId, members.userId),
        eq(callLog.conversationId, members.conversationId),
        gt(callLog.seq, members.lastReadSeq),
        isNotNull(callLog.missedAt),
      ),
    )
    .limit(mostUnread);
  const rows = await q
    .select({
      id: members.conversationId,
      userId: members.userId,
      unread: sql<number>`${countRows(texts)} + ${countRows(missed)}`,
    })
    .from(members)
    .where(scope);
  return new Map(rows.map((row) => [memberKey(row.id, row.userId), Math.min(row.unread, mostUnread)]));
}

async function readLastMessages(
  q: Readable,
  scope: Scope,
): Promise<(id: ConversationId, viewerId: UserId) => ConversationView['lastMessage']> {
  const scoped = idsIn(q, scope).as('scoped');
  const newest = q
    .select({ seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.conversationId, scoped.id), isShown))
    .orderBy(desc(messages.seq))
    .limit(1);
  const seqs = await q.select({ seq: sql<number | null>`(${newest})` }).from(scoped);
  const rows = await inChunks(
    seqs.flatMap((row) => row.seq ?? []),
    (some) => q.select().from(messages).where(inArray(messages.seq, some)),
  );
  const entryFor = await readCallEntries(
    q,
    rows.flatMap((row) => row.callId ?? []),
  );
  const lastIn = new Map(rows.map((row) => [row.conversationId, row]));
  const same = onePerKey<ConversationView['lastMessage']>();
  return (id, viewerId) => {
    const row = lastIn.get(id);
    if (!row) return null;
    const { authorId, text, sentAt, callId } = row;
    const callEntry = callId ? entryFor(callId, viewerId) : null;
    return same(callEntry ?? row, () => ({ authorId, text, sentAt, callEntry }));
  };
}
