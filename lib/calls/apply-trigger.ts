import 'server-only';
import type { Tx } from '@/db/store';
import type { CallDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId, MessageId } from '@/lib/ids';
import type { Call } from './model/call';
import type { Outcome } from './model/rule';
import { transition } from './model/transition';
import type { Trigger } from './model/trigger';
import { recordTransition, type Source } from './record-story';
import { saveCall } from './save-call';

/** What one trigger did; published after its transaction has committed. */
export type Applied = {
  /** Null: the trigger created the call. */
  before: Call | null;
  after: Call;
  trigger: Trigger;
  outcome: Exclude<Outcome['kind'], 'refused'>;
  /** The call's entry in its conversation, when it reads differently now. */
  entryId: MessageId | null;
};

const noSuchCall = 'server.noSuchCall';

/**
 * Lets the pure table decide, and saves. Only the unit of work calls it, which publishes what it
 * returns after the commit.
 *
 * @throws {AppError} not_found — the call is unknown; the table's refusals, with the call's id
 */
export async function applyInTransaction(
  deps: CallDeps,
  tx: Tx,
  callId: CallId,
  before: Call | null,
  trigger: Trigger,
  source: Source,
): Promise<Applied> {
  const outcome = transition(before, trigger, deps.clock.now(), deps.times);
  if (outcome.kind === 'refused')
    throw new AppError(outcome.code, before ? undefined : noSuchCall, { callId });
  const after = outcome.kind === 'changed' ? outcome.call : before;
  if (!after) throw new AppError('not_found', noSuchCall);
  let entryId: MessageId | null = null;
  if (outcome.kind === 'changed') {
    entryId = await saveCall(deps, tx, before, after);
    await recordTransition(deps, tx, {
      callId,
      trigger: trigger.type,
      userId: 'userId' in trigger ? trigger.userId : null,
      outcome: after.endReason ? `ended: ${after.endReason}` : after.status,
      source,
    });
  }
  return { before, after, trigger, outcome: outcome.kind, entryId };
}
