import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import { callLog, messages } from '@/db/schema';
import type { Tx } from '@/db/store';
import { hasMissed } from '@/lib/conversations/call-summary';
import type { CallId, UserId } from '@/lib/ids';
import type { Call } from './model/call';

/**
 * Keeps the history of everyone whom a call rang or who entered it, in the transaction that changes the
 * call: a row once they are involved, and at the call's end whether they missed it.
 *
 * @param before null: the call was just created
 * @param wallNow milliseconds since 1970
 * @param knownSeq the place of the call's entry in its conversation, where the caller has just written it
 */
export async function keepCallLog(
  tx: Tx,
  before: Call | null,
  after: Call,
  wallNow: number,
  knownSeq?: number,
): Promise<void> {
  const logged = new Set(before ? involvedIn(before) : []);
  const added = involvedIn(after).filter((userId) => !logged.has(userId));
  const hasEnded = after.status === 'ended' && before?.status !== 'ended';
  if (added.length === 0 && !hasEnded) return;
  const seq = knownSeq ?? (await readSeq(tx, after.id));
  if (added.length > 0) {
    const row = { seq, callId: after.id, conversationId: after.conversationId };
    await tx.insert(callLog).values(added.map((userId) => ({ ...row, userId })));
  }
  if (!hasEnded) return;
  const story = { ...after, isLive: false };
  const missed = involvedIn(after).filter((userId) => hasMissed(story, userId));
  if (missed.length === 0) return;
  await tx
    .update(callLog)
    .set({ missedAt: wallNow })
    .where(and(eq(callLog.seq, seq), inArray(callLog.userId, missed)));
}

async function readSeq(tx: Tx, callId: CallId): Promise<number> {
  const [entry] = await tx.select({ seq: messages.seq }).from(messages).where(eq(messages.callId, callId));
  if (!entry) throw new Error('a call has no entry in its conversation');
  return entry.seq;
}

/** Everyone in whose history the call is: it rang them, or they entered. */
function involvedIn(call: Call): UserId[] {
  const rung = call.rings.filter((ring) => ring.state !== 'not_allowed');
  return [...new Set([...rung, ...call.participations].map(({ userId }) => userId))];
}
