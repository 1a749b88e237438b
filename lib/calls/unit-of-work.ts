import 'server-only';
import { lockRows } from '@/db/lock-rows';
import type { Tx } from '@/db/store';
import type { CallDeps } from '@/lib/deps';
import type { CallId, SignInId } from '@/lib/ids';
import type { Audience, BusMessage, Wake } from '@/lib/realtime/bus';
import { type Applied, applyInTransaction } from './apply-trigger';
import { countOutcomes } from './count-outcomes';
import type { Call } from './model/call';
import { nextDeadline } from './model/deadline';
import type { Trigger } from './model/trigger';
import { type Change, publishChanges } from './publish-changes';
import { queuePushes } from './queue-pushes';
import { loadCall } from './reads/load-call';
import { forgetLooks, type Source } from './record-story';
import { type Touches, touching } from './touching';

/** One transaction, and what follows its commit. Nothing in it takes effect when the work throws. */
export type Unit = {
  tx: Tx;
  /** The call as this unit has left it, read once; null: unknown. */
  load(callId: CallId): Promise<Call | null>;
  /**
   * Applies a trigger to a call.
   *
   * @throws {AppError} not_found — the call is unknown; the table's refusals, with the call's id
   */
  apply(callId: CallId, trigger: Trigger, source?: Source): Promise<Applied>;
  /** Wakes streams, besides those that a changed call wakes anyway. */
  wake(who: Audience, what: Wake): void;
  /** Closes the streams of revoked sign-ins. */
  closeStreams(signInIds: readonly SignInId[]): void;
  /** Something was written that has to be sent to push services; what calls write is noted anyway. */
  notePushes(): void;
};

/**
 * The one write path of calls: a cause and its consequences for calls are one transaction. After the commit
 * streams are closed and woken and LiveKit's work is scheduled. What fails then (a crash, LiveKit unreachable)
 * the reconciler repeats.
 *
 * @param touches what it locks before anything else (db/lock-rows.ts)
 * @param work must await queries only, because it holds locks
 * @returns what `work` returned, without waiting for LiveKit
 */
export async function inOneUnit<T>(
  deps: CallDeps,
  touches: Touches,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  const { result, changes, messages, hasPushes } = await deps.transaction(async (tx) => {
    await lockRows(tx, touching(tx, touches));
    // Made in here, because a store may run a transaction again.
    const changes: Change[] = [];
    const messages: BusMessage[] = [];
    let hasPushes = false;
    const known = new Map<CallId, Call | null>();
    const load = async (callId: CallId) => {
      const call = known.get(callId) ?? (await loadCall(tx, callId));
      known.set(callId, call);
      return call;
    };
    const result = await work({
      tx,
      load,
      apply: async (callId, trigger, source = 'command') => {
        const applied = await applyInTransaction(deps, tx, callId, await load(callId), trigger, source);
        known.set(callId, applied.after);
        if (applied.outcome === 'changed') {
          changes.push(applied);
          if (await queuePushes(tx, applied)) hasPushes = true;
        }
        return applied;
      },
      wake: (who, what) => void messages.push({ type: 'wake', who, what }),
      notePushes: () => {
        hasPushes = true;
      },
      closeStreams: (signInIds) => {
        messages.push({ type: 'signed_out', signInIds });
        // What shows on their devices is withdrawn.
        hasPushes = true;
      },
    });
    await countOutcomes(tx, changes);
    return { result, changes, messages, hasPushes };
  });
  for (const { after } of changes) {
    deps.deadlines.note(nextDeadline(after));
    forgetLooks(deps, after.id);
  }
  if (hasPushes) deps.pushSignal.note();
  const published = messages.map((message) => deps.bus.publish(message));
  await publishChanges(deps, changes);
  await Promise.all(published);
  return result;
}

/** One trigger in a unit of its own. */
export async function applyTrigger(
  deps: CallDeps,
  callId: CallId,
  trigger: Trigger,
  source: Source = 'command',
): Promise<Applied> {
  const people = 'userId' in trigger ? [trigger.userId] : [];
  return inOneUnit(deps, { calls: [callId], people }, (unit) => unit.apply(callId, trigger, source));
}
