import 'server-only';
import type { CallView } from '@parley/call-protocol';
import type { CallDeps } from '@/lib/deps';
import type { CallId, UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import type { Call } from '../model/call';
import { findRingsOf } from '../reads/load-call';
import { requireView } from '../reads/read-calls';
import { applyTrigger } from '../unit-of-work';
import { applyAsMember } from './require-member';

/** A window shows on one of the callee's devices: the caller's *Calling…* becomes *Ringing…*. Idempotent. */
export async function confirmRing(deps: CallDeps, viewer: Viewer, callId: CallId): Promise<CallView> {
  const { userId } = viewer;
  await applyAsMember(deps, userId, callId, { type: 'confirm_ring', userId });
  return requireView(deps, userId, callId);
}

/**
 * A stream of this person opened: their running rings have reached them (*No answer* instead of
 * *Not reachable*).
 */
export async function reachRings(deps: CallDeps, userId: UserId): Promise<void> {
  for (const callId of await findRingsOf(deps.db, userId)) {
    await applyTrigger(deps, callId, { type: 'reach', userId });
  }
}

/**
 * After a ring was committed: presence was asked before its transaction, so a callee whose browser connected in
 * between is reached now. A browser that connects later finds the ring by itself (`reachRings`).
 */
export async function reachLate(deps: CallDeps, { id, rings }: Pick<Call, 'id' | 'rings'>): Promise<void> {
  const unreached = rings.filter((ring) => ring.state === 'ringing' && !ring.isReached);
  if (unreached.length === 0) return;
  try {
    for (const userId of await deps.presence.online(unreached.map((ring) => ring.userId)))
      await applyTrigger(deps, id, { type: 'reach', userId });
  } catch (error) {
    // The call is committed and rings all the same.
    deps.log.error({ err: error, callId: id }, 'a ring was not marked as reached');
  }
}
