import { isInCall } from '@parley/call-protocol';
import {
  type Call,
  crashNoticedWithinMs,
  handoverMs,
  knownAliveUntil,
  lastKnownBefore,
  mediaReturnGraceMs,
  participationOf,
} from './call';
import { returned } from './move-rules';
import {
  type Connecting,
  connected,
  droppedAtOf,
  type Holder,
  left,
  mediaSidOf,
  type Participation,
  rejoining,
} from './participation';
import { changed, type Rule, unchanged, withPart } from './rule';
import type { Trigger } from './trigger';

/** What LiveKit reports, and what that does to a call: rules of transition.ts. */

export const mediaJoined: Rule<'media_joined'> = (call, { userId, clientId, sid }, { now }) => {
  const part = participationOf(call, userId);
  if (!isInCall(part) || part.clientId !== clientId || mediaSidOf(part) === sid) return unchanged;
  if (part.state !== 'moving') return changed(withPart(call, connected(part, sid)));
  // Being connected is not being heard yet: the previous client is removed a moment later.
  const deadlineAt = now + handoverMs;
  return changed(withPart(call, { ...part, mediaSid: sid, deadlineAt, droppedAt: null }));
};

export const mediaLeft: Rule<'media_left'> = (call, trigger, { now, times }) => {
  const { userId, clientId, sid } = trigger;
  const part = participationOf(call, userId);
  if (call.mediaLostAt !== null || !isInCall(part) || part.clientId !== clientId) return unchanged;
  const known = mediaSidOf(part);
  if (part.state === 'connecting' && sid === null)
    return leaveWhileConnecting(call, part, trigger, now, times.rejoinTimeoutMs);
  // Already counting down, or news of an older connection: nothing new.
  if (known === null || (sid !== null && known !== sid)) return unchanged;
  if (part.state === 'moving') return changed(withPart(call, returned(part, now)));
  const deadlineAt = now + times.rejoinTimeoutMs;
  return changed(
    withPart(call, rejoining(part, { deadlineAt, droppedAt: lastThere(call, part, trigger, now) })),
  );
};

/**
 * No media is known: the client may still be connecting, or its connection opened and closed between two reconciles
 * while LiveKit's webhooks are lost. When the browser's stream has closed, too, the client is not connecting any
 * more; the rejoin time runs, but ends no later than the connect deadline.
 */
function leaveWhileConnecting(
  call: Call,
  part: Connecting,
  news: Gone,
  now: number,
  rejoinTimeoutMs: number,
) {
  const { silentSince } = news;
  if (silentSince === null || silentSince <= part.enteredAt) return unchanged;
  const deadlineAt = Math.min(now + rejoinTimeoutMs, part.deadlineAt);
  return changed(
    withPart(call, rejoining(part, { deadlineAt, droppedAt: lastThere(call, part, news, now) })),
  );
}

/**
 * Returns when a participant, whom LiveKit now reports as disconnected, was last connected. It notices a crash late, but
 * the browser's event stream closed at once: that is the moment, unless it is so long ago that LiveKit
 * would have noticed then (a stream that something else cut, while they talked on). Without it a webhook says
 * "now", and a list that lacks them "since the last look". A server that did not watch knows neither.
 */
function lastThere(call: Call, part: Holder, { silentSince, noticed }: Gone, now: number): number {
  const within = (at: number) => Math.min(now, Math.max(at, part.enteredAt));
  const watchedUntil = knownAliveUntil(call, now);
  if (watchedUntil < now) return within(watchedUntil);
  if (silentSince !== null && silentSince >= now - crashNoticedWithinMs) return within(silentSince);
  return noticed === 'list' ? within(lastKnownBefore(call, now)) : now;
}

type Gone = Pick<Extract<Trigger, { type: 'media_left' }>, 'silentSince' | 'noticed'>;

export const foundEmpty: Rule<'found_empty'> = (call, _, { now }) => {
  const lastHeard = lastKnownBefore(call, now);
  const participations = call.participations.map((part) =>
    isInCall(part) ? left(part, droppedAtOf(part) ?? Math.max(lastHeard, part.enteredAt)) : part,
  );
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
    if (found) return connected(part, found.sid);
    const deadlineAt = now + graceMs;
    if (part.state === 'connecting' || part.state === 'moving') return { ...part, deadlineAt };
    return rejoining(part, { deadlineAt, droppedAt: droppedAtOf(part) ?? lastHeard });
  });
  return changed({ ...call, mediaLostAt: null, participations });
};
