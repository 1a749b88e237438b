import 'server-only';
import type { Tx } from '@/db/store';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId } from '@/lib/ids';
import type { Call } from './model/call';
import type { Outcome } from './model/rule';
import { transition } from './model/transition';
import type { Trigger } from './model/trigger';
import { loadCall } from './reads/load-call';
import { recordTransition, type Source } from './record-story';
import { saveCall } from './save-call';

/** What one trigger did; published after its transaction has committed. */
export type Applied = { before: Call; after: Call; trigger: Trigger; outcome: Outcome['kind'] };

/**
 * Loads a call, lets the pure table decide, and saves. Only the unit of work calls it, which publishes what it
 * returns after the commit.
 *
 * @throws {AppError} not_found — the call is unknown; the table's refusals, with the call's id
 */
export async function applyInTransaction(
  deps: Deps,
  tx: Tx,
  callId: CallId,
  trigger: Trigger,
  source: Source,
): Promise<Applied> {
  const before = await loadCall(tx, callId);
  if (!before) throw new AppError('not_found', 'This call does not exist.');
  const outcome = transition(before, trigger, deps.clock.now(), deps.times);
  if (outcome.kind === 'refused') throw new AppError(outcome.code, undefined, { callId });
  if (outcome.kind === 'unchanged') return { before, after: before, trigger, outcome: 'unchanged' };
  await saveCall(deps, tx, before, outcome.call);
  await recordTransition(deps, tx, {
    callId,
    trigger: trigger.type,
    userId: 'userId' in trigger ? trigger.userId : null,
    outcome: outcome.call.endReason ? `ended: ${outcome.call.endReason}` : outcome.call.status,
    source,
  });
  return { before, after: outcome.call, trigger, outcome: 'changed' };
}
