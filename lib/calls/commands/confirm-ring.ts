import 'server-only';
import type { Deps } from '@/lib/deps';
import type { CallId, UserId } from '@/lib/ids';
import type { CallView } from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';
import { findRingsOf } from '../reads/load-call';
import { requireView } from '../reads/read-calls';
import { applyTrigger } from '../unit-of-work';
import { requireMember } from './require-member';

/** A window shows on one of the callee's devices: the caller's *Calling…* becomes *Ringing…*. Idempotent. */
export async function confirmRing(deps: Deps, viewer: Viewer, callId: CallId): Promise<CallView> {
  await requireMember(deps.db, viewer.userId, callId);
  await applyTrigger(deps, callId, { type: 'confirm_ring', userId: viewer.userId });
  return requireView(deps, viewer.userId, callId);
}

/**
 * A stream of this person opened: their running rings have reached them (*No answer* instead of
 * *Not reachable*).
 */
export async function reachRings(deps: Deps, userId: UserId): Promise<void> {
  for (const callId of await findRingsOf(deps.db, userId)) {
    await applyTrigger(deps, callId, { type: 'reach', userId });
  }
}
