import { type EndReason, isInCall } from '@parley/call-protocol';
import { type Call, knownAliveUntil } from './call';
import { droppedAtOf, left, type Participation, wireStateOf } from './participation';
import { withPart } from './rule';
import type { Trigger } from './trigger';

/** The participation has ended; the length of the call does not stop before this moment. */
export function withoutPart(call: Call, part: Participation, now: number): Call {
  return withPart(call, left(part, droppedAtOf(part) ?? now));
}

/**
 * Ends `call` exactly when no participant, or one participant and no running ring, is left.
 *
 * @param before the call before the trigger; null for a new call
 */
export function settle(before: Call | null, call: Call, trigger: Trigger, now: number): Call {
  if (call.status === 'ended') return call;
  const inCall = call.participations.filter(isInCall);
  const isRinging = call.rings.some((one) => one.state === 'ringing');
  if (inCall.length > 1 || (inCall.length === 1 && isRinging)) return call;
  const isSeenLate = trigger.type === 'time_passed' || trigger.type === 'found_empty';
  return end(call, reasonOf(call, inCall.length), isSeenLate ? lateEnd(before, call, now) : now);
}

/** When a call ended that no participant left: the end is noticed at `now`, and happened before. */
function lateEnd(before: Call | null, call: Call, now: number): number {
  // When a participant's rejoin time ran out, or none was connected, the conversation ended when the last of
  // those who disconnected was last connected.
  const ranOut = call.participations.some(
    (part, at) => !isInCall(part) && isInCall(before?.participations[at]),
  );
  const isEmpty = call.participations.every((part) => wireStateOf(part) !== 'joined');
  const lastThere = call.participations.map(droppedAtOf).filter((at) => at !== null);
  if ((ranOut || isEmpty) && lastThere.length > 0) return Math.max(...lastThere);
  // When only a ring's time ran out, it lasted until then, as far as the server was there to see it.
  const rangUntil = call.rings.flatMap(({ state, deadlineAt }, at) =>
    state !== 'ringing' && before?.rings[at]?.state === 'ringing' ? [deadlineAt] : [],
  );
  return Math.min(knownAliveUntil(call, now), rangUntil.length > 0 ? Math.max(...rangUntil) : now);
}

function reasonOf(call: Call, inCallCount: number): EndReason {
  if (call.activeAt !== null) return 'completed';
  if (inCallCount === 0) return 'cancelled';
  const rung = call.rings.filter((one) => one.state !== 'not_allowed');
  return rung.length > 0 && rung.every((one) => one.state === 'declined') ? 'declined' : 'missed';
}

/** The call's one end: `until` is when it ended for its people, in ms of `clock.now()`. */
export function end(call: Call, endReason: EndReason, until: number): Call {
  return {
    ...call,
    status: 'ended',
    endReason,
    lengthMs: call.activeAt === null ? null : Math.max(0, until - call.activeAt),
    rings: call.rings.map((one) => (one.state === 'ringing' ? { ...one, state: 'cancelled' } : one)),
    participations: call.participations.map((part) =>
      isInCall(part) ? left(part, droppedAtOf(part)) : part,
    ),
  };
}
