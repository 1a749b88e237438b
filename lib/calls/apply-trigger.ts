import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLiveCall } from '@/db/conditions';
import { nextRevision, touchConversation, touchUsers } from '@/db/revision';
import { calls, messages, participations, rings } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId } from '@/lib/ids';
import { announce } from './announce';
import { countOutcomes } from './count-outcomes';
import { keepCallLog } from './keep-call-log';
import { type Call, participationOf, presenceChanges } from './model/call';
import type { Outcome } from './model/rule';
import { transition } from './model/transition';
import type { Trigger } from './model/trigger';
import { loadCall } from './reads/load-call';
import { recordTransition, type Source } from './record-story';

/** What one trigger did; announced after its transaction has committed. */
export type Applied = { before: Call; after: Call; trigger: Trigger; outcome: Outcome['kind'] };

/**
 * The one write path of a live call: loads it, lets the pure table decide, saves, and wakes the
 * streams and schedules LiveKit's work once the transaction has committed. What fails then (a crash,
 * LiveKit away) is made good by the reconciler.
 *
 * Throws AppError('not_found') for an unknown call, and the table's refusals with the call's id.
 */
export async function applyTrigger(
  deps: Deps,
  callId: CallId,
  trigger: Trigger,
  source: Source = 'command',
): Promise<Applied> {
  const applied = await deps.transaction((tx) => applyInTransaction(deps, tx, callId, trigger, source));
  await announce(deps, [applied]);
  return applied;
}

/** The same inside a caller's transaction; the caller announces what it returns after the commit. */
export async function applyInTransaction(
  deps: Deps,
  tx: Tx,
  callId: CallId,
  trigger: Trigger,
  source: Source = 'command',
): Promise<Applied> {
  const before = await loadCall(tx, callId);
  if (!before) throw new AppError('not_found', 'This call does not exist.');
  const outcome = transition(before, trigger, deps.clock.now(), deps.times);
  if (outcome.kind === 'refused') throw new AppError(outcome.code, undefined, { callId });
  if (outcome.kind === 'unchanged') return { before, after: before, trigger, outcome: 'unchanged' };
  await save(deps, tx, before, outcome.call);
  await recordTransition(deps, tx, {
    callId,
    trigger: trigger.type,
    userId: 'userId' in trigger ? trigger.userId : null,
    outcome: outcome.call.endReason ? `ended: ${outcome.call.endReason}` : outcome.call.status,
    source,
  });
  return { before, after: outcome.call, trigger, outcome: 'changed' };
}

/**
 * LiveKit listed people in these calls at `at`, in ms of `clock.now()`. One transaction for all of them, and
 * no revision, because no client sees it.
 */
export async function recordAlive(deps: Deps, callIds: readonly CallId[], at: number): Promise<void> {
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

async function save(deps: Deps, tx: Tx, before: Call, after: Call): Promise<void> {
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
    if (!old) await tx.insert(participations).values({ ...part, callId: after.id });
    else
      await tx
        .update(participations)
        .set(part)
        .where(and(eq(participations.callId, after.id), eq(participations.userId, part.userId)));
  }
  await keepCallLog(tx, before, after, wallNow);
  await countOutcomes(tx, before, after);
  await touchUsers(tx, presenceChanges(before, after));
  if (before.status !== after.status) {
    // The call's entry in the conversation tells a new story now.
    await tx.update(messages).set({ revision }).where(eq(messages.callId, after.id));
    await touchConversation(tx, after.conversationId);
    if (isEnd)
      await touchUsers(
        tx,
        after.rings.map((ring) => ring.userId),
      );
  }
}
