import 'server-only';
import { and, desc, eq, lt } from 'drizzle-orm';
import { members, messages } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { Deps } from '@/lib/deps';
import type { ConversationId, MessageId, UserId } from '@/lib/ids';
import type { MessageView } from '@/lib/protocol';
import { readCallEntries } from './call-entry';
import { requireMembership } from './membership';

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
  return {
    messages: await viewsOf(deps.db, viewerId, shown),
    nextBefore: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
  };
}

/** Returns one message, or null when it is unknown or the viewer is not a member of its conversation. */
export async function readMessage(deps: Reading, viewerId: UserId, id: string): Promise<MessageView | null> {
  const rows = await deps.db
    .select({ message: messages })
    .from(messages)
    .innerJoin(
      members,
      and(eq(members.conversationId, messages.conversationId), eq(members.userId, viewerId)),
    )
    .where(eq(messages.id, id as MessageId));
  const [view] = await viewsOf(
    deps.db,
    viewerId,
    rows.map((row) => row.message),
  );
  return view ?? null;
}

async function viewsOf(q: Readable, viewerId: UserId, rows: readonly MessageRow[]): Promise<MessageView[]> {
  const entries = await readCallEntries(
    q,
    viewerId,
    rows.flatMap((row) => row.callId ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversationId,
    authorId: row.authorId,
    seq: row.seq,
    // Only the author's clients show an optimistic message that they match by this id.
    clientMessageId: row.authorId === viewerId ? row.clientMessageId : null,
    text: row.deletedAt === null ? row.text : '',
    isDeleted: row.deletedAt !== null,
    sentAt: row.sentAt,
    callEntry: row.callId ? (entries.get(row.callId) ?? null) : null,
    revision: row.revision,
  }));
}
