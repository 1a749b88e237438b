import { isInCall } from '@/lib/protocol';
import {
  type Call,
  crashNoticedWithinMs,
  handoverMs,
  knownAliveUntil,
  lastKnownBefore,
  mediaReturnGraceMs,
  type Participation,
  participationOf,
} from './call';
import { oldTabOf } from './move-rules';
import { changed, connectedFields, notMoving, type Rule, unchanged, withPart } from './rule';
import { leftFields } from './settle';
import type { Trigger } from './trigger';

/** What LiveKit's word does to a call: one rule of transition.ts each. */

export const mediaJoined: Rule<'media_joined'> = (call, { userId, clientId, sid }, { now }) => {
  const part = participationOf(call, userId);
  if (!isInCall(part) || part.clientId !== clientId) return unchanged;
  if (part.state === 'joined' && part.mediaSid === sid) return unchanged;
  // Being connected is not being heard yet: the old tab goes a moment later.
  const letGoAt = part.movingFrom === null ? null : now + handoverMs;
  return changed(withPart(call, userId, { ...connectedFields, mediaSid: sid, connectDeadlineAt: letGoAt }));
};

export const mediaLeft: Rule<'media_left'> = (call, trigger, { now, times }) => {
  const { userId, clientId, sid } = trigger;
  const part = participationOf(call, userId);
  if (call.mediaLostAt !== null || !isInCall(part) || part.clientId !== clientId) return unchanged;
  if (part.mediaSid === null && sid === null)
    return leaveWhileConnecting(call, part, trigger, now, times.rejoinTimeoutMs);
  // Already counting down, or news of an older connection: nothing new.
  if (part.mediaSid === null || (sid !== null && part.mediaSid !== sid)) return unchanged;
  const oldTab = oldTabOf(part, now);
  if (oldTab) return changed(withPart(call, userId, oldTab));
  return changed(
    withPart(call, userId, dropped(now + times.rejoinTimeoutMs, lastThere(call, part, trigger, now))),
  );
};

/**
 * Not up, as far as is known: that may be the way in, or a connection that came and went between two looks
 * while LiveKit's webhooks are lost. Where their browser has gone, too, nobody is on the way in any more;
 * they are waited for like anybody else, but no longer than until they would have had to be there.
 */
function leaveWhileConnecting(
  call: Call,
  part: Participation,
  news: Gone,
  now: number,
  rejoinTimeoutMs: number,
) {
  const { userId, state, movingFrom, connectDeadlineAt } = part;
  const { silentSince } = news;
  const isGone = silentSince !== null && silentSince > part.enteredAt;
  if (!isGone || state !== 'joined' || movingFrom !== null || connectDeadlineAt === null) return unchanged;
  const deadlineAt = Math.min(now + rejoinTimeoutMs, connectDeadlineAt);
  return changed(withPart(call, userId, dropped(deadlineAt, lastThere(call, part, news, now))));
}

/**
 * When a participant was last there of whom LiveKit says now that they are gone. It notices a crash late, but
 * the browser's event stream closed at once: that is the moment, unless it is so long ago that LiveKit
 * would have noticed then (a stream that something else cut, while they talked on). Without it a webhook says
 * "now", and a list that lacks them "since the last look". A server that did not watch knows neither.
 */
function lastThere(call: Call, part: Participation, { silentSince, noticed }: Gone, now: number): number {
  const within = (at: number) => Math.min(now, Math.max(at, part.enteredAt));
  const watchedUntil = knownAliveUntil(call, now);
  if (watchedUntil < now) return within(watchedUntil);
  if (silentSince !== null && silentSince >= now - crashNoticedWithinMs) return within(silentSince);
  return noticed === 'list' ? within(lastKnownBefore(call, now)) : now;
}

type Gone = Pick<Extract<Trigger, { type: 'media_left' }>, 'silentSince' | 'noticed'>;

function dropped(rejoinDeadlineAt: number, droppedAt: number): Partial<Participation> {
  return {
    state: 'rejoining',
    mediaSid: null,
    connectDeadlineAt: null,
    rejoinDeadlineAt,
    droppedAt,
  };
}

export const foundEmpty: Rule<'found_empty'> = (call, _, { now }) => {
  const lastHeard = lastKnownBefore(call, now);
  const participations = call.participations.map((part): Participation => {
    if (!isInCall(part)) return part;
    return { ...part, ...leftFields, droppedAt: part.droppedAt ?? Math.max(lastHeard, part.enteredAt) };
  });
  return changed({ ...call, participations });
};

export const mediaLost: Rule<'media_lost'> = (call, _, { now }) =>
  call.mediaLostAt === null ? changed({ ...call, mediaLostAt: now }) : unchanged;

export const mediaRestored: Rule<'media_restored'> = (call, { present }, { now, times }) => {
  // Two restores at once: the list of the second may be older than who came back after the first.
  if (call.mediaLostAt === null) return unchanged;
  const graceMs = Math.max(times.rejoinTimeoutMs, mediaReturnGraceMs);
  const lastHeard = lastKnownBefore(call, call.mediaLostAt);
  const participations = call.participations.map((part): Participation => {
    if (!isInCall(part)) return part;
    const found = present.find((one) => one.userId === part.userId && one.clientId === part.clientId);
    if (found) return { ...part, ...connectedFields, mediaSid: found.sid, ...notMoving };
    if (part.connectDeadlineAt !== null) return { ...part, connectDeadlineAt: now + graceMs };
    return { ...part, ...dropped(now + graceMs, part.droppedAt ?? lastHeard) };
  });
  return changed({ ...call, mediaLostAt: null, participations });
};
