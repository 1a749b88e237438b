import { isInCall, type RingState } from '@parley/call-protocol';
import type { UserId } from '@/lib/ids';
import { type Call, participationOf, type Ring, ringToListenIn, runningRingOf } from './call';
import { changed, type Outcome, type Rule, refused, unchanged, withRing } from './rule';

/** How rings begin, are shown and end: rules of transition.ts. */

/** Ends the running ring of a person, if there is one. */
export function endRing(call: Call, userId: UserId, state: RingState): Outcome {
  const running = runningRingOf(call, userId);
  return running ? changed(withRing(call, running.id, { state })) : unchanged;
}

export const decline: Rule<'decline'> = (call, { userId, ringId }) => {
  const running = runningRingOf(call, userId);
  if (ringId !== null && running?.id !== ringId) return unchanged;
  return endRing(call, userId, 'declined');
};

export const ring: Rule<'ring'> = (call, { type: _, ringId, ...how }, { now, times }) => {
  if (!isInCall(participationOf(call, how.ringerId))) return refused('not_allowed');
  if (isInCall(participationOf(call, how.userId)) || runningRingOf(call, how.userId)) return unchanged;
  const earlier = call.rings.filter((one) => one.userId === how.userId).map((one) => one.startedAt);
  const started: Ring = {
    ...how,
    id: ringId,
    state: 'ringing',
    isConfirmed: false,
    silentClientId: null,
    earlyClientId: null,
    earlySignInId: null,
    // The start identifies a ring: the newest one counts, also within one millisecond.
    startedAt: Math.max(now, ...earlier.map((at) => at + 1)),
    deadlineAt: now + times.ringTimeoutMs,
  };
  return changed({ ...call, rings: [...call.rings, started] });
};

export const stopRing: Rule<'stop_ring'> = (call, { byUserId, userId }) => {
  const running = runningRingOf(call, userId);
  if (running && running.ringerId !== byUserId) return refused('not_allowed');
  return endRing(call, userId, 'cancelled');
};

export const confirmRing: Rule<'confirm_ring'> = (call, { userId, early }) => {
  const running = runningRingOf(call, userId);
  if (!running) return unchanged;
  // The first tab that asks is the one: a second would only be another ear.
  const isFirst = early !== null && ringToListenIn(call, userId)?.earlyClientId === null;
  if (running.isConfirmed && !isFirst) return unchanged;
  const taken = isFirst ? { earlyClientId: early.clientId, earlySignInId: early.signInId } : {};
  return changed(withRing(call, running.id, { isConfirmed: true, isReached: true, ...taken }));
};

export const reach: Rule<'reach'> = (call, { userId }) => {
  const running = runningRingOf(call, userId);
  if (!running || running.isReached) return unchanged;
  return changed(withRing(call, running.id, { isReached: true }));
};

export const quietRing: Rule<'quiet_ring'> = (call, { userId }) => {
  const running = runningRingOf(call, userId);
  return running && !running.isQuiet ? changed(withRing(call, running.id, { isQuiet: true })) : unchanged;
};
