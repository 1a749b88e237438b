import 'server-only';
import { eq } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import type { CallId, UserId } from '@/lib/ids';
import type { CallView } from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';
import { applyTrigger } from './apply-trigger';
import { requireMember } from './enter-call';
import { findRingsOf } from './load-call';
import { requireView } from './read-calls';

/** A window shows on one of the callee's devices: the caller's *Calling…* becomes *Ringing…*. Idempotent. */
export async function confirmRing(deps: Deps, viewer: Viewer, callId: CallId): Promise<CallView> {
  await requireMember(deps.db, viewer.userId, callId);
  await applyTrigger(deps, callId, { type: 'confirm_ring', userId: viewer.userId });
  return requireView(deps, viewer.userId, callId);
}

/**
 * A stream of this person opened: their running rings have reached them (*No answer* instead of
 * *Not reachable*). A muted conversation's ring counts as confirmed then, because no window will
 * confirm it and the caller must not be able to tell; do not disturb is visible anyway.
 */
export async function reachRings(deps: Deps, userId: UserId): Promise<void> {
  const callIds = await findRingsOf(deps.db, userId);
  if (callIds.length === 0) return;
  const [person] = await deps.db.select({ dnd: users.doNotDisturb }).from(users).where(eq(users.id, userId));
  for (const callId of callIds) {
    const call = await requireMember(deps.db, userId, callId);
    const isQuiet = call.rings.some(
      (ring) => ring.userId === userId && ring.state === 'ringing' && ring.isQuiet,
    );
    await applyTrigger(deps, callId, { type: 'reach', userId, confirms: isQuiet && person?.dnd === false });
  }
}
