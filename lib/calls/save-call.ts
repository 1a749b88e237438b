import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLiveCall } from '@/db/conditions';
import { nextRevision, touchConversation, touchUsers } from '@/db/revision';
import { calls, conversations, messages, participations, rings } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Deps } from '@/lib/deps';
import { type CallId, makeId } from '@/lib/ids';
import { countOutcomes } from './count-outcomes';
import { keepCallLog } from './keep-call-log';
import { type Call, participationOf, presenceChanges } from './model/call';
import { rowOfParticipation } from './participation-row';

/** The only file that writes calls, rings and participations. */

type Saving = Pick<Deps, 'clock'>;

/**
 * Writes a new call with its entry in the conversation, in one transaction, so that no crash can lose or double
 * the entry.
 */
async function insertCall(deps: Saving, tx: Tx, call: Call): Promise<void> {
  const wallNow = deps.clock.wallNow();
  const revision = await nextRevision(tx);
  const { rings: newRings, participations: parts, ...row } = call;
  const { conversationId, callerId } = call;
  await tx.insert(calls).values({ ...row, createdAt: wallNow, revision });
  await tx.insert(rings).values(newRings.map((ring) => ({ ...ring, callId: call.id })));
  await tx
    .insert(participations)
    .values(parts.map((part) => ({ ...rowOfParticipation(part), callId: call.id })));
  const [entry] = await tx
    .insert(messages)
    .values({
      id: makeId('msg'),
      conversationId,
      authorId: callerId,
      text: '',
      callId: call.id,
      sentAt: wallNow,
      revision,
    })
    .returning({ seq: messages.seq });
  await keepCallLog(tx, null, call, wallNow, entry?.seq);
  await countOutcomes(tx, null, call);
  await tx
    .update(conversations)
    .set({ lastActivityAt: wallNow, revision })
    .where(eq(conversations.id, conversationId));
  await touchUsers(tx, [callerId]);
}

/**
 * Writes what a trigger changed: rows that are the same object in both are not written.
 *
 * @param before null: the call is new
 */
export async function saveCall(deps: Saving, tx: Tx, before: Call | null, after: Call): Promise<void> {
  if (!before) return insertCall(deps, tx, after);
  const isEnd = after.status === 'ended' && before.status !== 'ended';
  const wallNow = deps.clock.wallNow();
  const revision = await nextRevision(tx);
  await tx
    .update(calls)
    .set({
      status: after.status,
      endReason: after.endReason,
      activeAt: after.activeAt,
      lengthMs: after.lengthMs,
      mediaLostAt: after.mediaLostAt,
      lastKnownAliveAt: after.lastKnownAliveAt,
      revision,
      ...(isEnd ? { endedAt: wallNow } : {}),
    })
    .where(eq(calls.id, after.id));
  for (const ring of after.rings) {
    const old = before.rings.find((one) => one.id === ring.id);
    if (old === ring) continue;
    if (!old) await tx.insert(rings).values({ ...ring, callId: after.id });
    else await tx.update(rings).set(ring).where(eq(rings.id, ring.id));
  }
  for (const part of after.participations) {
    const old = participationOf(before, part.userId);
    if (old === part) continue;
    const row = rowOfParticipation(part);
    if (!old) await tx.insert(participations).values({ ...row, callId: after.id });
    else
      await tx
        .update(participations)
        .set(row)
        .where(and(eq(participations.callId, after.id), eq(participations.userId, part.userId)));
  }
  let entry: { seq: number } | undefined;
  if (before.status !== after.status) {
    // The call's entry in the conversation reads differently now.
    [entry] = await tx
      .update(messages)
      .set({ revision })
      .where(eq(messages.callId, after.id))
      .returning({ seq: messages.seq });
    await touchConversation(tx, after.conversationId);
  }
  await keepCallLog(tx, before, after, wallNow, entry?.seq);
  await countOutcomes(tx, before, after);
  const rung = isEnd ? after.rings.map((ring) => ring.userId) : [];
  await touchUsers(tx, [...new Set([...presenceChanges(before, after), ...rung])]);
}

/**
 * LiveKit listed people in these calls at `at`, in ms of `clock.now()`. One transaction for all of them, and
 * no revision, because no client sees it.
 */
export async function recordAlive(
  deps: Pick<Deps, 'transaction'>,
  callIds: readonly CallId[],
  at: number,
): Promise<void> {
  if (callIds.length === 0) return;
  await deps.transaction(async (tx) => {
    await inChunks(callIds, (ids) =>
      tx
        .update(calls)
        .set({ lastKnownAliveAt: at })
        .where(and(inArray(calls.id, ids), isLiveCall))
        .returning({ id: calls.id }),
    );
  });
}
