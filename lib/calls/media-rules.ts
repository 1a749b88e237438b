import {
  type Call,
  crashNoticedWithinMs,
  handoverMs,
  isIn,
  mediaReturnGraceMs,
  type Participation,
  participationOf,
} from './call';
import { oldTabOf } from './move-rules';
import { changed, notMoving, type Rule, unchanged, up, withPart } from './rule';

/** What LiveKit's word does to a call: one rule of transition.ts each. */

export const mediaJoined: Rule<'media_joined'> = (call, { userId, clientId, sid }, { now }) => {
  const part = participationOf(call, userId);
  if (!isIn(part) || part.clientId !== clientId) return unchanged;
  if (part.state === 'joined' && part.mediaSid === sid) return unchanged;
  // Being connected is not being heard yet: the old tab goes a moment later.
  const letGoAt = part.movingFrom === null ? null : now + handoverMs;
  return changed(withPart(call, userId, { ...up, mediaSid: sid, connectDeadlineAt: letGoAt }));
};

export const mediaLeft: Rule<'media_left'> = (call, trigger, { now, times }) => {
  const { userId, clientId, sid, silentSince } = trigger;
  const part = participationOf(call, userId);
  if (call.mediaLostAt !== null || !isIn(part) || part.clientId !== clientId) return unchanged;
  if (part.mediaSid === null && sid === null)
    return missed(call, part, silentSince, now, times.rejoinTimeoutMs);
  // Already counting down, or news of an older connection: nothing new.
  if (part.mediaSid === null || (sid !== null && part.mediaSid !== sid)) return unchanged;
  const oldTab = oldTabOf(part, now);
  if (oldTab) return changed(withPart(call, userId, oldTab));
  return changed(
    withPart(call, userId, dropped(now + times.rejoinTimeoutMs, lastThere(part, silentSince, now))),
  );
};

/**
 * Not up, as far as is known: that may be the way in, or a connection that came and went between two looks
 * while LiveKit's webhooks are lost. Where their browser has gone, too, nobody is on the way in any more;
 * they are waited for like anybody else, but no longer than until they would have had to be there.
 */
function missed(
  call: Call,
  part: Participation,
  silentSince: number | null,
  now: number,
  rejoinTimeoutMs: number,
) {
  const { userId, state, movingFrom, connectDeadlineAt } = part;
  const isGone = silentSince !== null && silentSince > part.enteredAt;
  if (!isGone || state !== 'joined' || movingFrom !== null || connectDeadlineAt === null) return unchanged;
  const deadlineAt = Math.min(now + rejoinTimeoutMs, connectDeadlineAt);
  return changed(withPart(call, userId, dropped(deadlineAt, lastThere(part, silentSince, now))));
}

/**
 * When somebody was last there of whom LiveKit says now that they are gone. It notices a crash late, but
 * their browser's event stream closed at once: that is the moment, unless it is so long ago that LiveKit
 * would have noticed then (a stream that something else cut, while they talked on).
 */
function lastThere(part: Participation, silentSince: number | null, now: number): number {
  if (silentSince === null || silentSince < now - crashNoticedWithinMs) return now;
  return Math.min(now, Math.max(silentSince, part.enteredAt));
}

function dropped(rejoinDeadlineAt: number, droppedAt: number): Partial<Participation> {
  return {
    state: 'rejoining',
    mediaSid: null,
    connectDeadlineAt: null,
    rejoinDeadlineAt,
    droppedAt,
  };
}

export const mediaLost: Rule<'media_lost'> = (call, _, { now }) =>
  call.mediaLostAt === null ? changed({ ...call, mediaLostAt: now }) : unchanged;

export const mediaRestored: Rule<'media_restored'> = (call, { present }, { now, times }) => {
  // Two restores at once: the list of the second may be older than who came back after the first.
  if (call.mediaLostAt === null) return unchanged;
  const graceMs = Math.max(times.rejoinTimeoutMs, mediaReturnGraceMs);
  const participations = call.participations.map((part): Participation => {
    if (!isIn(part)) return part;
    const found = present.find((one) => one.userId === part.userId && one.clientId === part.clientId);
    if (found) return { ...part, ...up, mediaSid: found.sid, ...notMoving };
    if (part.connectDeadlineAt !== null) return { ...part, connectDeadlineAt: now + graceMs };
    return { ...part, ...dropped(now + graceMs, part.droppedAt ?? call.mediaLostAt ?? now) };
  });
  return changed({ ...call, mediaLostAt: null, participations });
};
