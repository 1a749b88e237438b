import { type Call, lastKnownBefore, mediaReturnGraceMs, type Ring } from './call';
import { mediaLostDeadline, participationDeadline } from './deadline';
import { returned } from './move-rules';
import { connected, droppedAtOf, left, type Participation } from './participation';
import { changed, type Rule, unchanged } from './rule';
import { end } from './settle';

/** What time does to a call: rules of transition.ts. */

export const timePassed: Rule<'time_passed'> = (call, { judges }, { now }) => {
  const isAll = judges === 'all';
  const hasPassed = (deadline: number | null) => deadline !== null && deadline <= now;
  if (isAll && call.mediaLostAt !== null && hasPassed(mediaLostDeadline(call))) {
    return changed(end(call, 'failed', lastKnownBefore(call, call.mediaLostAt)));
  }
  let isChanged = false;
  const rings = call.rings.map((one): Ring => {
    if (one.state !== 'ringing' || !hasPassed(one.deadlineAt)) return one;
    isChanged = true;
    return { ...one, state: one.isReached ? 'missed' : 'unreachable' };
  });
  const participations = call.participations.map((part): Participation => {
    if (!isAll || !hasPassed(participationDeadline(call, part))) return part;
    isChanged = true;
    if (part.state !== 'moving') return left(part, droppedAtOf(part) ?? part.enteredAt);
    // A move whose new client never came up goes back to the client that is still talking.
    return part.mediaSid === null ? returned(part, now) : connected(part, part.mediaSid);
  });
  return isChanged ? changed({ ...call, rings, participations }) : unchanged;
};

/**
 * The app serves again. Across a restart deadlines go by the wall clock, and it may have been set back
 * meanwhile: nothing then runs longer than it would have from now, and nothing began in the future.
 */
export const resume: Rule<'resume'> = (call, _, { now, times }) => {
  const graceMs = Math.max(times.rejoinTimeoutMs, mediaReturnGraceMs);
  let isChanged = false;
  const atMost = (at: number, msFromNow: number): number => {
    if (at <= now + msFromNow) return at;
    isChanged = true;
    return now + msFromNow;
  };
  const atMostOrNull = (at: number | null, msFromNow: number) => (at === null ? null : atMost(at, msFromNow));
  const resumed: Call = {
    ...call,
    activeAt: atMostOrNull(call.activeAt, 0),
    mediaLostAt: atMostOrNull(call.mediaLostAt, 0),
    lastKnownAliveAt: atMostOrNull(call.lastKnownAliveAt, 0),
    rings: call.rings.map((one) =>
      one.state === 'ringing' ? { ...one, deadlineAt: atMost(one.deadlineAt, times.ringTimeoutMs) } : one,
    ),
    participations: call.participations.map((part): Participation => {
      const enteredAt = atMost(part.enteredAt, 0);
      if (part.state === 'connected') return { ...part, enteredAt };
      if (part.state === 'left') return { ...part, enteredAt, droppedAt: atMostOrNull(part.droppedAt, 0) };
      const deadlineAt = atMost(part.deadlineAt, graceMs);
      if (part.state === 'rejoining')
        return { ...part, enteredAt, deadlineAt, droppedAt: atMost(part.droppedAt, 0) };
      return { ...part, enteredAt, deadlineAt, droppedAt: atMostOrNull(part.droppedAt, 0) };
    }),
  };
  return isChanged ? changed(resumed) : unchanged;
};
