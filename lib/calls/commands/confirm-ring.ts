import 'server-only';
import type { CallView, MediaAccess } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { CallDeps } from '@/lib/deps';
import type { CallId, ClientId, UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { type Call, earlyClientOf } from '../model/call';
import { findRingsOf } from '../reads/load-call';
import { requireView } from '../reads/read-calls';
import { applyTrigger, inOneUnit } from '../unit-of-work';
import { nameIn } from './enter-call';
import { requireMember, requireSignedIn } from './require-member';

export type RingConfirmed = { call: CallView; media?: MediaAccess };

/**
 * A window shows on one of the callee's devices: the caller's *Calling…* becomes *Ringing…*. Idempotent.
 *
 * @param clientId the tab that asks for a pass to be in the room beforehand, hidden and without a voice; null: none does
 * @returns with a pass for the one tab that may (docs/calls.md, "While it rings")
 */
export async function confirmRing(
  deps: CallDeps,
  viewer: Viewer,
  callId: CallId,
  clientId: ClientId | null = null,
): Promise<RingConfirmed> {
  const { userId, signInId } = viewer;
  const early = clientId === null ? null : { clientId, signInId };
  const touches = { calls: [callId], people: [userId] };
  const { after } = await inOneUnit(deps, touches, async (unit) => {
    // The end of its sign-in is what takes the pass back.
    if (early) await requireSignedIn(unit.tx, viewer);
    await requireMember(unit, userId, callId);
    return unit.apply(callId, { type: 'confirm_ring', userId, early });
  });
  const call = await requireView(deps, userId, callId);
  if (clientId === null || earlyClientOf(after, userId) !== clientId) return { call };
  const identity = { userId, clientId };
  try {
    const token = await deps.media.token(after.roomName, identity, nameIn(call, userId), 'listener');
    return { call, media: { url: deps.media.publicUrl, token } };
  } catch (error) {
    deps.log.warn({ err: error, callId }, 'LiveKit gave no pass for a ring; its accept connects without one');
    return { call };
  }
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

/** A push service took a person's ring of this call: they are reachable, as by an open stream. */
export async function reachByPush(deps: CallDeps, callId: CallId, userId: UserId): Promise<void> {
  await applyTrigger(deps, callId, { type: 'reach', userId });
}

/**
 * A quiet ring of a person whom only a push service can reach is confirmed in their device's place, which is sent nothing:
 * the caller must not see that a conversation is muted. Do not disturb is visible anyway, and no open tab confirms then.
 */
export async function confirmInSilence(deps: CallDeps, callId: CallId, userId: UserId): Promise<void> {
  const [person] = await deps.db
    .select({ doNotDisturb: users.doNotDisturb })
    .from(users)
    .where(eq(users.id, userId));
  const isConfirmed = person?.doNotDisturb === false;
  await applyTrigger(
    deps,
    callId,
    isConfirmed ? { type: 'confirm_ring', userId, early: null } : { type: 'reach', userId },
  );
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
