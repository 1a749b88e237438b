import type { UserId } from '@/lib/ids';
import type { CallStatus, ErrorCode, RingState } from '@/lib/protocol';
import {
  type Call,
  connectTimeoutMs,
  handoverMs,
  isIn,
  mediaLostTimeoutMs,
  mediaReturnGraceMs,
  type Participation,
  participationOf,
  type Ring,
  runningRingOf,
} from './call';
import { end, gone, settle } from './settle';
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

export type Times = { ringTimeoutMs: number; rejoinTimeoutMs: number };
export type Outcome =
  | { kind: 'changed'; call: Call }
  | { kind: 'unchanged' }
  | { kind: 'refused'; code: ErrorCode };

type Moment = { now: number; times: Times };
type Rule<T extends TriggerType> = (
  call: Call,
  trigger: Extract<Trigger, { type: T }>,
  at: Moment,
) => Outcome;
type Row = { [T in TriggerType]: Rule<T> };

const unchanged: Outcome = { kind: 'unchanged' };
const refused = (code: ErrorCode): Outcome => ({ kind: 'refused', code });
const changed = (call: Call): Outcome => ({ kind: 'changed', call });

function withRing(call: Call, id: Ring['id'], change: Partial<Ring>): Call {
  return { ...call, rings: call.rings.map((ring) => (ring.id === id ? { ...ring, ...change } : ring)) };
}

function withPart(call: Call, userId: UserId, change: Partial<Participation>): Call {
  return {
    ...call,
    participations: call.participations.map((part) =>
      part.userId === userId ? { ...part, ...change } : part,
    ),
  };
}

const up = { state: 'joined', connectDeadlineAt: null, rejoinDeadlineAt: null, droppedAt: null } as const;

function endRing(call: Call, userId: UserId, state: RingState): Outcome {
  const ring = runningRingOf(call, userId);
  return ring ? changed(withRing(call, ring.id, { state })) : unchanged;
}

const enter: Rule<'enter'> = (call, { userId, clientId, signInId }, { now }) => {
  const part = participationOf(call, userId);
  const connecting = {
    ...up,
    clientId,
    signInId,
    mediaSid: null,
    connectDeadlineAt: now + connectTimeoutMs,
    movingFrom: null,
  };
  if (isIn(part)) {
    if (part.clientId !== clientId) return refused('answered_elsewhere');
    // The holder asks again: a repeat, or its reloaded tab. Only a dropped connection starts anew.
    return part.state === 'rejoining'
      ? changed(withPart(call, userId, { ...connecting, signInId }))
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
  if (!isIn(part) || part.clientId === trigger.clientId)
    return enter(call, { ...trigger, type: 'enter' }, at);
  return changed(
    withPart(call, trigger.userId, {
      ...up,
      clientId: trigger.clientId,
      signInId: trigger.signInId,
      mediaSid: null,
      connectDeadlineAt: at.now + connectTimeoutMs,
      // The old tab keeps talking until the new one is heard, so that nobody hears a gap. A tab that
      // was itself still on its way has nothing to hand over.
      movingFrom: part.state === 'joined' ? talkingClientOf(part) : null,
    }),
  );
};

function talkingClientOf({ clientId, movingFrom, mediaSid }: Participation): Participation['clientId'] {
  return movingFrom !== null && mediaSid === null ? movingFrom : clientId;
}

const decline: Rule<'decline'> = (call, { userId, ringId }) => {
  const ring = runningRingOf(call, userId);
  if (ringId !== null && ring?.id !== ringId) return unchanged;
  return endRing(call, userId, 'declined');
};

const leave: Rule<'leave'> = (call, { userId, clientId }) => {
  const part = participationOf(call, userId);
  if (!isIn(part) || (clientId !== null && part.clientId !== clientId)) return unchanged;
  return changed(withPart(call, userId, gone));
};

const ring: Rule<'ring'> = (call, { type: _, ringId, ...how }, { now, times }) => {
  if (!isIn(participationOf(call, how.ringerId))) return refused('not_allowed');
  if (isIn(participationOf(call, how.userId)) || runningRingOf(call, how.userId)) return unchanged;
  const earlier = call.rings.filter((one) => one.userId === how.userId).map((one) => one.startedAt);
  const started: Ring = {
    ...how,
    id: ringId,
    state: 'ringing',
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

const reach: Rule<'reach'> = (call, { userId, confirms }) => {
  const running = runningRingOf(call, userId);
  if (!running || (running.isReached && (running.isConfirmed || !confirms))) return unchanged;
  return changed(
    withRing(call, running.id, { isReached: true, isConfirmed: running.isConfirmed || confirms }),
  );
};

const quietRing: Rule<'quiet_ring'> = (call, { userId }) => {
  const running = runningRingOf(call, userId);
  return running && !running.isQuiet ? changed(withRing(call, running.id, { isQuiet: true })) : unchanged;
};

const removeMember: Rule<'remove_member'> = (call, { userId }) => {
  const running = runningRingOf(call, userId);
  const isHere = isIn(participationOf(call, userId));
  if (!running && !isHere) return unchanged;
  const silent = running ? withRing(call, running.id, { state: 'cancelled' }) : call;
  return changed(isHere ? withPart(silent, userId, gone) : silent);
};

const block: Rule<'block'> = (call, { blockerId, blockedId, isDirect }) => {
  // As if the blocker had left, declined or stopped ringing; in a group only rings between the two end.
  if (isDirect && isIn(participationOf(call, blockerId))) return changed(withPart(call, blockerId, gone));
  const toBlocker = runningRingOf(call, blockerId);
  if (toBlocker && (isDirect || toBlocker.ringerId === blockedId))
    return endRing(call, blockerId, 'declined');
  const fromBlocker = runningRingOf(call, blockedId);
  if (fromBlocker?.ringerId === blockerId) return endRing(call, blockedId, 'cancelled');
  return unchanged;
};

const mediaJoined: Rule<'media_joined'> = (call, { userId, clientId, sid }, { now }) => {
  const part = participationOf(call, userId);
  if (!isIn(part) || part.clientId !== clientId) return unchanged;
  if (part.state === 'joined' && part.mediaSid === sid) return unchanged;
  // Being connected is not being heard yet: the old tab goes a moment later.
  const letGoAt = part.movingFrom === null ? null : now + handoverMs;
  return changed(withPart(call, userId, { ...up, mediaSid: sid, connectDeadlineAt: letGoAt }));
};

const mediaLeft: Rule<'media_left'> = (call, { userId, clientId, sid }, { now, times }) => {
  const part = participationOf(call, userId);
  if (call.mediaLostAt !== null || !isIn(part) || part.clientId !== clientId) return unchanged;
  // Not up yet, already counting down, or news of an older connection: nothing new.
  if (part.mediaSid === null || (sid !== null && part.mediaSid !== sid)) return unchanged;
  if (part.movingFrom !== null) return changed(withPart(call, userId, backToOldTab(part.movingFrom, now)));
  return changed(withPart(call, userId, dropped(now, times.rejoinTimeoutMs)));
};

/** The new tab is gone before the old one was let go: the reconciler finds the old one's connection. */
function backToOldTab(clientId: Participation['clientId'], now: number) {
  const waiting = { mediaSid: null, movingFrom: null, connectDeadlineAt: now + connectTimeoutMs };
  return { ...up, ...waiting, clientId, droppedAt: now };
}

function dropped(now: number, forMs: number): Partial<Participation> {
  return {
    state: 'rejoining',
    mediaSid: null,
    connectDeadlineAt: null,
    rejoinDeadlineAt: now + forMs,
    droppedAt: now,
  };
}

const mediaLost: Rule<'media_lost'> = (call, _, { now }) =>
  call.mediaLostAt === null ? changed({ ...call, mediaLostAt: now }) : unchanged;

const mediaRestored: Rule<'media_restored'> = (call, { present }, { now, times }) => {
  const graceMs = Math.max(times.rejoinTimeoutMs, mediaReturnGraceMs);
  const participations = call.participations.map((part): Participation => {
    if (!isIn(part)) return part;
    const found = present.find((one) => one.userId === part.userId && one.clientId === part.clientId);
    if (found) return { ...part, ...up, mediaSid: found.sid, movingFrom: null };
    if (part.connectDeadlineAt !== null) return { ...part, connectDeadlineAt: now + graceMs };
    return { ...part, ...dropped(now, graceMs), droppedAt: part.droppedAt ?? call.mediaLostAt ?? now };
  });
  return changed({ ...call, mediaLostAt: null, participations });
};

const timePassed: Rule<'time_passed'> = (call, _, { now }) => {
  if (call.mediaLostAt !== null && now >= call.mediaLostAt + mediaLostTimeoutMs) {
    return changed(end(call, 'failed', call.mediaLostAt));
  }
  let isChanged = false;
  const over = (deadline: number | null) => deadline !== null && deadline <= now;
  const rings = call.rings.map((one): Ring => {
    if (one.state !== 'ringing' || !over(one.deadlineAt)) return one;
    isChanged = true;
    return { ...one, state: one.isReached ? 'missed' : 'unreachable' };
  });
  const participations = call.participations.map((part): Participation => {
    // While LiveKit is out of reach nobody can come back: that is not evidence that they left.
    if (!isIn(part) || call.mediaLostAt !== null) return part;
    if (!over(part.connectDeadlineAt) && !over(part.rejoinDeadlineAt)) return part;
    isChanged = true;
    if (part.movingFrom !== null && part.mediaSid !== null)
      return { ...part, connectDeadlineAt: null, movingFrom: null };
    // A move whose new tab never came up goes back to the tab that is still talking.
    if (part.movingFrom !== null) return { ...part, ...backToOldTab(part.movingFrom, now) };
    return { ...part, ...gone, droppedAt: part.droppedAt ?? part.enteredAt };
  });
  return isChanged ? changed({ ...call, rings, participations }) : unchanged;
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
  remove_member: removeMember,
  block,
  media_joined: mediaJoined,
  media_left: mediaLeft,
  media_lost: mediaLost,
  media_restored: mediaRestored,
  refresh: (call) => changed(call),
  time_passed: timePassed,
};

const absorb = () => unchanged;
const over = () => refused('call_ended');
const ended: Row = {
  enter: over,
  move: over,
  ring: over,
  decline: absorb,
  leave: absorb,
  stop_ring: absorb,
  confirm_ring: absorb,
  reach: absorb,
  quiet_ring: absorb,
  remove_member: absorb,
  block: absorb,
  media_joined: absorb,
  media_left: absorb,
  media_lost: absorb,
  media_restored: absorb,
  refresh: absorb,
  time_passed: absorb,
};

const table: Record<CallStatus, Row> = { ringing: alive, active: alive, ended };

/** What `trigger` does to `call` at `now`; the only place where a call's state is decided. */
export function transition(call: Call, trigger: Trigger, now: number, times: Times): Outcome {
  const rule = table[call.status][trigger.type] as Rule<TriggerType>;
  const outcome = rule(call, trigger, { now, times });
  return outcome.kind === 'changed' ? changed(settle(outcome.call, trigger, now)) : outcome;
}
