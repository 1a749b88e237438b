import { isInCall } from '@parley/call-protocol';
import { connectTimeoutMs, participationOf, type Ring, runningRingOf } from './call';
import { connecting } from './participation';
import { changed, type Rule, refused, unchanged, withPart, withRing } from './rule';
import { withoutPart } from './settle';

/** How people come into a call and leave it: rules of transition.ts. */

/** The caller is in, and everyone who may be rung is ringing. */
export const start: Rule<'start', null> = (_, { callees, isSilent, ...trigger }, { now, times }) => {
  if (callees.every(({ verdict }) => verdict === 'refuse')) return refused('not_allowed');
  const { callId: id, conversationId, roomName, userId, clientId, signInId } = trigger;
  const rings = callees.map(
    (callee): Ring => ({
      id: callee.ringId,
      userId: callee.userId,
      ringerId: userId,
      state: callee.verdict === 'refuse' ? 'not_allowed' : 'ringing',
      isQuiet: callee.verdict === 'quiet',
      isReached: callee.isReached,
      isConfirmed: false,
      silentClientId: isSilent && callee.verdict === 'ring' ? clientId : null,
      earlyClientId: null,
      earlySignInId: null,
      startedAt: now,
      deadlineAt: now + times.ringTimeoutMs,
    }),
  );
  const holder = { userId, clientId, signInId, enteredAt: now };
  return changed({
    id,
    conversationId,
    callerId: userId,
    roomName,
    status: 'ringing',
    endReason: null,
    activeAt: null,
    lengthMs: null,
    mediaLostAt: null,
    lastKnownAliveAt: now,
    rings,
    participations: [connecting(holder, { deadlineAt: now + connectTimeoutMs, droppedAt: null })],
  });
};

/** Glare: the second start of a conversation joins the first. */
export const joinStarted: Rule<'start'> = (call, { userId, clientId, signInId }, at) =>
  enter(call, { type: 'enter', userId, clientId, signInId }, at);

export const enter: Rule<'enter'> = (call, { userId, clientId, signInId }, { now }) => {
  const part = participationOf(call, userId);
  const deadlineAt = now + connectTimeoutMs;
  if (isInCall(part)) {
    if (part.clientId !== clientId) return refused('answered_elsewhere');
    // The holder asks again: a repeat, or its reloaded tab. Only a dropped connection starts anew, and
    // until it is up nothing has been heard since it dropped.
    if (part.state !== 'rejoining') return unchanged;
    return changed(
      withPart(call, connecting({ ...part, signInId }, { deadlineAt, droppedAt: part.droppedAt })),
    );
  }
  const holder = { userId, clientId, signInId, enteredAt: now };
  const ring = runningRingOf(call, userId);
  const answered = ring ? withRing(call, ring.id, { state: 'accepted', isReached: true }) : call;
  const isFirst = call.status === 'ringing' && userId !== call.callerId;
  return changed({
    ...answered,
    participations: [
      ...call.participations.filter((one) => one.userId !== userId),
      connecting(holder, { deadlineAt, droppedAt: null }),
    ],
    ...(isFirst ? { status: 'active', activeAt: now } : {}),
  });
};

export const leave: Rule<'leave'> = (call, { userId, clientId }, { now }) => {
  const part = participationOf(call, userId);
  if (!isInCall(part) || (clientId !== null && part.clientId !== clientId)) return unchanged;
  return changed(withoutPart(call, part, now));
};
