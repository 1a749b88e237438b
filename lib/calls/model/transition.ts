import type { UserId } from '@/lib/ids';
import { type CallStatus, isInCall, type RingState } from '@/lib/protocol';
import {
  type Call,
  connectTimeoutMs,
  type Participation,
  participationOf,
  type Ring,
  runningRingOf,
} from './call';
import { foundEmpty, mediaJoined, mediaLeft, mediaLost, mediaRestored } from './media-rules';
import { handedOverBy, signOut } from './move-rules';
import {
  changed,
  connectedFields,
  notMoving,
  type Outcome,
  type Row,
  type Rule,
  refused,
  type Times,
  unchanged,
  withPart,
  withRing,
} from './rule';
import { settle, withoutPart } from './settle';
import { resume, timePassed } from './time-rules';
import type { Trigger, TriggerType } from './trigger';

/*
 * One call, from its first ring to its one end.
 *
 *   start ──▶ ringing ──first entry of anyone but the caller──▶ active
 *                │                                                 │
 *                └──── joined + rejoining = 0, or = 1 ─────────────┴──▶ ended
 *                      and no ring is ringing; or media lost           (absorbs everything)
 *
 *   ring:           ringing ──▶ accepted | declined | missed | unreachable | cancelled
 *   participation:  joined ⇄ rejoining ──▶ left ──entering again──▶ joined
 *
 * Pure: the same call, trigger and moment always give the same outcome, so that every race is
 * decided by which transaction came first and by nothing else.
 */

function endRing(call: Call, userId: UserId, state: RingState): Outcome {
  const ring = runningRingOf(call, userId);
  return ring ? changed(withRing(call, ring.id, { state })) : unchanged;
}

const enter: Rule<'enter'> = (call, { userId, clientId, signInId }, { now }) => {
  const part = participationOf(call, userId);
  const connecting = {
    ...connectedFields,
    clientId,
    signInId,
    mediaSid: null,
    connectDeadlineAt: now + connectTimeoutMs,
    ...notMoving,
  };
  if (isInCall(part)) {
    if (part.clientId !== clientId) return refused('answered_elsewhere');
    // The holder asks again: a repeat, or its reloaded tab. Only a dropped connection starts anew, and
    // until it is up nothing has been heard since it dropped.
    return part.state === 'rejoining'
      ? changed(withPart(call, userId, { ...connecting, droppedAt: part.droppedAt }))
      : unchanged;
  }
  const entered: Participation = { ...connecting, userId, enteredAt: now };
  const ring = runningRingOf(call, userId);
  const answered = ring ? withRing(call, ring.id, { state: 'accepted', isReached: true }) : call;
  const isFirst = call.status === 'ringing' && userId !== call.callerId;
  return changed({
    ...answered,
    participations: [...call.participations.filter((one) => one.userId !== userId), entered],
    ...(isFirst ? { status: 'active', activeAt: now } : {}),
  });
};

const move: Rule<'move'> = (call, trigger, at) => {
  const part = participationOf(call, trigger.userId);
  // The rejoin time may just have run out: then moving is joining.
  if (!isInCall(part) || part.clientId === trigger.clientId)
    return enter(call, { ...trigger, type: 'enter' }, at);
  return changed(
    withPart(call, trigger.userId, {
      ...connectedFields,
      clientId: trigger.clientId,
      signInId: trigger.signInId,
      mediaSid: null,
      connectDeadlineAt: at.now + connectTimeoutMs,
      droppedAt: part.droppedAt,
      // The old tab keeps talking until the new one is heard, so that nobody hears a gap. A tab that
      // was itself still on its way has nothing to hand over.
      ...(part.state === 'joined' ? handedOverBy(part) : notMoving),
    }),
  );
};

const decline: Rule<'decline'> = (call, { userId, ringId }) => {
  const ring = runningRingOf(call, userId);
  if (ringId !== null && ring?.id !== ringId) return unchanged;
  return endRing(call, userId, 'declined');
};

const leave: Rule<'leave'> = (call, { userId, clientId }, { now }) => {
  const part = participationOf(call, userId);
  if (!isInCall(part) || (clientId !== null && part.clientId !== clientId)) return unchanged;
  return changed(withoutPart(call, part, now));
};

const ring: Rule<'ring'> = (call, { type: _, ringId, ...how }, { now, times }) => {
  if (!isInCall(participationOf(call, how.ringerId))) return refused('not_allowed');
  if (isInCall(participationOf(call, how.userId)) || runningRingOf(call, how.userId)) return unchanged;
  const earlier = call.rings.filter((one) => one.userId === how.userId).map((one) => one.startedAt);
  const started: Ring = {
    ...how,
    id: ringId,
    state: 'ringing',
    isConfirmed: false,
    // Rings are told apart by when they began: the newest one counts, also within one millisecond.
    startedAt: Math.max(now, ...earlier.map((at) => at + 1)),
    deadlineAt: now + times.ringTimeoutMs,
  };
  return changed({ ...call, rings: [...call.rings, started] });
};

const stopRing: Rule<'stop_ring'> = (call, { byUserId, userId }) => {
  const running = runningRingOf(call, userId);
  if (running && running.ringerId !== byUserId) return refused('not_allowed');
  return endRing(call, userId, 'cancelled');
};

const confirmRing: Rule<'confirm_ring'> = (call, { userId }) => {
  const running = runningRingOf(call, userId);
  if (!running || running.isConfirmed) return unchanged;
  return changed(withRing(call, running.id, { isConfirmed: true, isReached: true }));
};

const reach: Rule<'reach'> = (call, { userId }) => {
  const running = runningRingOf(call, userId);
  if (!running || running.isReached) return unchanged;
  return changed(withRing(call, running.id, { isReached: true }));
};

const quietRing: Rule<'quiet_ring'> = (call, { userId }) => {
  const running = runningRingOf(call, userId);
  return running && !running.isQuiet ? changed(withRing(call, running.id, { isQuiet: true })) : unchanged;
};

const removeMember: Rule<'remove_member'> = (call, { userId }, { now }) => {
  const running = runningRingOf(call, userId);
  const part = participationOf(call, userId);
  const isHere = isInCall(part);
  if (!running && !isHere) return unchanged;
  const silent = running ? withRing(call, running.id, { state: 'cancelled' }) : call;
  return changed(isHere ? withoutPart(silent, part, now) : silent);
};

const block: Rule<'block'> = (call, { blockerId, blockedId, isDirect }, { now }) => {
  // As if the blocker had left, declined or stopped ringing; in a group only rings between the two end.
  const part = participationOf(call, blockerId);
  if (isDirect && isInCall(part)) return changed(withoutPart(call, part, now));
  const toBlocker = runningRingOf(call, blockerId);
  if (toBlocker && (isDirect || toBlocker.ringerId === blockedId))
    return endRing(call, blockerId, 'declined');
  const fromBlocker = runningRingOf(call, blockedId);
  if (fromBlocker?.ringerId === blockerId) return endRing(call, blockedId, 'cancelled');
  return unchanged;
};

const alive: Row = {
  enter,
  move,
  decline,
  leave,
  ring,
  stop_ring: stopRing,
  confirm_ring: confirmRing,
  reach,
  quiet_ring: quietRing,
  sign_out: signOut,
  remove_member: removeMember,
  block,
  media_joined: mediaJoined,
  media_left: mediaLeft,
  media_lost: mediaLost,
  media_restored: mediaRestored,
  found_empty: foundEmpty,
  refresh: (call) => changed(call),
  time_passed: timePassed,
  resume,
};

const ignoreEnded = () => unchanged;
const refuseEnded = () => refused('call_ended');
const ended: Row = {
  enter: refuseEnded,
  move: refuseEnded,
  ring: refuseEnded,
  decline: ignoreEnded,
  leave: ignoreEnded,
  stop_ring: ignoreEnded,
  confirm_ring: ignoreEnded,
  reach: ignoreEnded,
  quiet_ring: ignoreEnded,
  sign_out: ignoreEnded,
  remove_member: ignoreEnded,
  block: ignoreEnded,
  media_joined: ignoreEnded,
  media_left: ignoreEnded,
  media_lost: ignoreEnded,
  media_restored: ignoreEnded,
  found_empty: ignoreEnded,
  refresh: ignoreEnded,
  time_passed: ignoreEnded,
  resume: ignoreEnded,
};

const table: Record<CallStatus, Row> = { ringing: alive, active: alive, ended };

/** What shows that people are in the call at this moment. */
const showsLife: ReadonlySet<TriggerType> = new Set(['enter', 'move', 'media_joined']);

/** What `trigger` does to `call` at `now`; the only place where a call's state is decided. */
export function transition(call: Call, trigger: Trigger, now: number, times: Times): Outcome {
  const rule = table[call.status][trigger.type] as Rule<TriggerType>;
  const outcome = rule(call, trigger, { now, times });
  if (outcome.kind !== 'changed') return outcome;
  const after = showsLife.has(trigger.type) ? { ...outcome.call, lastKnownAliveAt: now } : outcome.call;
  return changed(settle(call, after, trigger, now));
}
