import { type Call, lastKnownBefore, mediaReturnGraceMs, type Participation, type Ring } from './call';
import { mediaLostDeadline, participationDeadlines } from './deadline';
import { oldTabOf } from './move-rules';
import { changed, notMoving, type Rule, unchanged } from './rule';
import { end, leftFields } from './settle';

/** What time does to a call: one rule of transition.ts each. */

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
    if (!isAll || !participationDeadlines(call, part).some(hasPassed)) return part;
    isChanged = true;
    if (part.movingFrom !== null && part.mediaSid !== null)
      return { ...part, ...notMoving, connectDeadlineAt: null };
    // A move whose new tab never came up goes back to the tab that is still talking.
    const left = { ...leftFields, droppedAt: part.droppedAt ?? part.enteredAt };
    return { ...part, ...(oldTabOf(part, now) ?? left) };
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
    participations: call.participations.map((part) => ({
      ...part,
      connectDeadlineAt: atMostOrNull(part.connectDeadlineAt, graceMs),
      rejoinDeadlineAt: atMostOrNull(part.rejoinDeadlineAt, graceMs),
      droppedAt: atMostOrNull(part.droppedAt, 0),
      enteredAt: atMost(part.enteredAt, 0),
    })),
  };
  return isChanged ? changed(resumed) : unchanged;
};
