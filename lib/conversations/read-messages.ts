import 'server-only';
import type { MessageView } from '@parley/call-protocol';
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import { messages } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { Deps } from '@/lib/deps';
import type { ConversationId, MessageId, UserId } from '@/lib/ids';
import type { SeenBy } from '@/lib/viewer';
import { readCallEntries } from './call-entry';
import { readMembersAmong, requireMembership } from './membership';
import { onePerKey } from './one-per-key';

type Reading = Pick<Deps, 'db'>;
type MessageRow = typeof messages.$inferSelect;

/**
 * Returns one page of messages, newest first.
 *
 * @param before the position at which the previous page ended, so that new messages shift nothing
 * @throws {AppError} not_found — the viewer is not a member
 */
export async function readMessages(
  deps: Reading,
  viewerId: UserId,
  id: ConversationId,
  { before, limit }: { before: number | null; limit: number },
): Promise<{ messages: MessageView[]; nextBefore: number | null }> {
  await requireMembership(deps.db, viewerId, id);
  const rows = await deps.db
    .select()
    .from(messages)
    .where(and(eq(messages.conversationId, id), ...(before === null ? [] : [lt(messages.seq, before)])))
    .orderBy(desc(messages.seq))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const viewFor = await readViews(deps.db, shown);
  return {
    messages: shown.map((row) => viewFor(row, viewerId)),
    nextBefore: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
  };
}

/**
 * Returns the page of messages that follows a position, newest first.
 *
 * @param after the position of the newest message that the reader has
 * @returns `nextAfter`, the position at which the next page begins, or null when the page ends with the newest message
 * @throws {AppError} not_found — the viewer is not a member
 */
export async function readNewerMessages(
  deps: Reading,
  viewerId: UserId,
  id: ConversationId,
  { after, limit }: { after: number; limit: number },
): Promise<{ messages: MessageView[]; nextAfter: number | null }> {
  await requireMembership(deps.db, viewerId, id);
  const rows = await deps.db
    .select()
    .from(messages)
    .where(and(eq(messages.conversationId, id), gt(messages.seq, after)))
    .orderBy(asc(messages.seq))
    .limit(limit + 1);
  const shown = rows.slice(0, limit).reverse();
  const viewFor = await readViews(deps.db, shown);
  return {
    messages: shown.map((row) => viewFor(row, viewerId)),
    nextAfter: rows.length > limit ? (shown[0]?.seq ?? null) : null,
  };
}

/** Returns one message, or null when it is unknown or the viewer is not a member of its conversation. */
export async function readMessage(deps: Reading, viewerId: UserId, id: string): Promise<MessageView | null> {
  return (await readMessageFor(deps, id, [viewerId]))(viewerId);
}

/** The same for many viewers: two queries, five for a call's entry. */
export async function readMessageFor(
  { db }: Reading,
  id: string,
  viewerIds: readonly UserId[],
): Promise<SeenBy<MessageView>> {
  const [row] = await db
    .select()
    .from(messages)
    .where(eq(messages.id, id as MessageId));
  if (!row) return () => null;
  const memberIds = await readMembersAmong(db, row.conversationId, viewerIds);
  const viewFor = await readViews(db, [row]);
  return (viewerId) => (memberIds.has(viewerId) ? viewFor(row, viewerId) : null);
}

/** Reads what the views of these messages need; the calling code checks membership. */
async function readViews(
  q: Readable,
  rows: readonly MessageRow[],
): Promise<(row: MessageRow, viewerId: UserId) => MessageView> {
  const entryFor = await readCallEntries(
    q,
    rows.flatMap((row) => row.callId ?? []),
  );
  const same = onePerKey<MessageView>();
  return (row, viewerId) => {
    const callEntry = row.callId ? entryFor(row.callId, viewerId) : null;
    const isMine = row.authorId === viewerId;
    // An entry belongs to one message.
    return same(isMine ? `${row.id} mine` : (callEntry ?? row), () => ({
      id: row.id,
      conversationId: row.conversationId,
      authorId: row.authorId,
      seq: row.seq,
      // Only the author's clients show an optimistic message that they match by this id.
      clientMessageId: isMine ? row.clientMessageId : null,
      text: row.deletedAt === null ? row.text : '',
      isDeleted: row.deletedAt !== null,
      sentAt: row.sentAt,
      callEntry,
      revision: row.revision,
    }));
  };
}
