import 'server-only';
import { and, eq, getTableColumns, inArray, type SQL, sql, type Table } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLiveCall } from '@/db/conditions';
import { lockRows } from '@/db/lock-rows';
import { raiseConversation, raised, raiseUsers } from '@/db/revision';
import { calls, conversations, messages, participations, rings } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Deps } from '@/lib/deps';
import { type CallId, type MessageId, makeId } from '@/lib/ids';
import { keepCallLog } from './keep-call-log';
import { type Call, presenceChanges, type Ring } from './model/call';
import type { Participation } from './model/participation';
import { rowOfParticipation } from './participation-row';

/** The only file that writes calls, rings and participations. */

type Saving = Pick<Deps, 'clock'>;
/** The call's entry in its conversation. */
type Entry = { id: MessageId; seq: number };

/**
 * Writes a new call with its entry in the conversation, in one transaction, so that no crash can lose or double
 * the entry.
 */
async function insertCall(deps: Saving, tx: Tx, call: Call): Promise<MessageId | null> {
  const wallNow = deps.clock.wallNow();
  const { rings: newRings, participations: parts, ...row } = call;
  const { conversationId, callerId } = call;
  await tx.insert(calls).values({ ...row, createdAt: wallNow });
  await upsertRings(tx, call.id, newRings);
  await upsertParticipations(tx, call.id, parts);
  const [entry] = await tx
    .insert(messages)
    .values({
      id: makeId('msg'),
      conversationId,
      authorId: callerId,
      text: '',
      callId: call.id,
      sentAt: wallNow,
    })
    .returning({ id: messages.id, seq: messages.seq });
  await keepCallLog(tx, null, call, wallNow, entry?.seq);
  await tx
    .update(conversations)
    .set({ lastActivityAt: wallNow, revision: raised(tx, conversations, conversationId) })
    .where(eq(conversations.id, conversationId));
  await raiseUsers(tx, [callerId]);
  return entry?.id ?? null;
}

/**
 * Writes what a trigger changed: rows that are the same object in both are not written.
 *
 * @param before null: the call is new
 * @returns the message that is the call's entry, when it reads differently now
 */
export async function saveCall(
  deps: Saving,
  tx: Tx,
  before: Call | null,
  after: Call,
): Promise<MessageId | null> {
  if (!before) return insertCall(deps, tx, after);
  const isEnd = after.status === 'ended' && before.status !== 'ended';
  const wallNow = deps.clock.wallNow();
  await tx
    .update(calls)
    .set({
      status: after.status,
      endReason: after.endReason,
      activeAt: after.activeAt,
      lengthMs: after.lengthMs,
      mediaLostAt: after.mediaLostAt,
      lastKnownAliveAt: after.lastKnownAliveAt,
      revision: raised(tx, calls, after.conversationId),
      ...(isEnd ? { endedAt: wallNow } : {}),
    })
    .where(eq(calls.id, after.id));
  const changedRings = after.rings.filter((ring) => !before.rings.includes(ring));
  await upsertRings(tx, after.id, changedRings);
  const changedParts = after.participations.filter((part) => !before.participations.includes(part));
  await upsertParticipations(tx, after.id, changedParts);
  let entry: Entry | undefined;
  if (before.status !== after.status) {
    // The call's entry in the conversation reads differently now.
    [entry] = await tx
      .update(messages)
      .set({ revision: raised(tx, messages, after.conversationId) })
      .where(eq(messages.callId, after.id))
      .returning({ id: messages.id, seq: messages.seq });
    await raiseConversation(tx, after.conversationId);
  }
  await keepCallLog(tx, before, after, wallNow, entry?.seq);
  const rung = isEnd ? after.rings.map((ring) => ring.userId) : [];
  await raiseUsers(tx, [...new Set([...presenceChanges(before, after), ...rung])]);
  return entry?.id ?? null;
}

async function upsertRings(tx: Tx, callId: CallId, changed: readonly Ring[]): Promise<void> {
  if (changed.length === 0) return;
  await tx
    .insert(rings)
    .values(changed.map((ring) => ({ ...ring, callId })))
    .onConflictDoUpdate({ target: rings.id, set: inserted(rings) });
}

async function upsertParticipations(
  tx: Tx,
  callId: CallId,
  changed: readonly Participation[],
): Promise<void> {
  if (changed.length === 0) return;
  await tx
    .insert(participations)
    .values(changed.map((part) => ({ ...rowOfParticipation(part), callId })))
    .onConflictDoUpdate({
      target: [participations.callId, participations.userId],
      set: inserted(participations),
    });
}

/** For a row that is there already: every column as the row that was to be inserted has it. */
function inserted(table: Table): Record<string, SQL> {
  const columns = Object.entries(getTableColumns(table));
  return Object.fromEntries(
    columns.map(([key, column]) => [key, sql`excluded.${sql.identifier(column.name)}`]),
  );
}

/**
 * LiveKit listed people in these calls at `at`, in ms of `clock.now()`. One transaction for all of them, and
 * no revision, because no client sees it.
 */
export async function recordAlive(
  deps: Pick<Deps, 'transaction'>,
  alive: readonly Pick<Call, 'id' | 'conversationId'>[],
  at: number,
): Promise<void> {
  if (alive.length === 0) return;
  await deps.transaction(async (tx) => {
    await lockRows(tx, { conversations: alive.map((call) => call.conversationId) });
    const callIds = alive.map((call) => call.id);
    await inChunks(callIds, (ids) =>
      tx
        .update(calls)
        .set({ lastKnownAliveAt: at })
        .where(and(inArray(calls.id, ids), isLiveCall))
        .returning({ id: calls.id }),
    );
  });
}
