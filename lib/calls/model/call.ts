import { type CallStatus, type EndReason, isInCall, type RingState } from '@parley/call-protocol';
import type { CallId, ClientId, ConversationId, RingId, SignInId, UserId } from '@/lib/ids';
import { clientsOf, type Participation } from './participation';

/** One ring of one callee. All `…At` are milliseconds of `clock.now()`. */
export type Ring = {
  id: RingId;
  userId: UserId;
  ringerId: UserId;
  state: RingState;
  isQuiet: boolean;
  isReached: boolean;
  isConfirmed: boolean;
  /** The caller's client that sends silence until this direct call is active; null: it may not be listened to. */
  silentClientId: ClientId | null;
  /** The one tab that has a pass to listen meanwhile; means nothing once the ring ends or the call is answered. */
  earlyClientId: ClientId | null;
  earlySignInId: SignInId | null;
  startedAt: number;
  deadlineAt: number;
};

export type Call = {
  id: CallId;
  conversationId: ConversationId;
  callerId: UserId;
  roomName: string;
  status: CallStatus;
  endReason: EndReason | null;
  /** First entry of anyone but the caller. */
  activeAt: number | null;
  lengthMs: number | null;
  mediaLostAt: number | null;
  /** The last moment at which people were known to be in it; null for a call that an older version wrote. */
  lastKnownAliveAt: number | null;
  rings: Ring[];
  participations: Participation[];
};

/** How long an entered client may take to reach LiveKit (docs/calls.md, "Ending"). */
export const connectTimeoutMs = 15_000;
/** How long both tabs of a move are in the room: until everyone surely hears the new one. */
export const handoverMs = 1500;
/**
 * A crash is noticed after at most this: LiveKit waits about 20 s (docs/livekit.md, "Leave"), a lost webhook
 * costs a tick of the reconciler (4 s) and LiveKit's time to respond (1.7 s). The rest is room for a busy
 * machine.
 */
export const crashNoticedWithinMs = 30_000;
/**
 * How long a call outlives its media server, from when that was noticed. Noticing takes up to 6 s (a tick
 * of the reconciler and LiveKit's time to respond), asking a last time up to 1.7 s: 30 s in all (docs/calls.md, "Ending"; docs/cases.md, case 8).
 */
export const mediaLostTimeoutMs = 22_000;
/**
 * The server looks at every call every 4 s (call-timers.ts). When the last look is older than this, it was
 * down, stood still or had no answer from LiveKit, and knows nothing of the time since.
 */
export const unwatchedAfterMs = 10_000;
/** The least time that every participant has to rejoin after the media server was down. */
export const mediaReturnGraceMs = 20_000;

/** A person's part in the call, also one that has ended; a person has at most one. */
export function participationOf(call: Call, userId: UserId): Participation | undefined {
  return call.participations.find((one) => one.userId === userId);
}

/** The ring that rings for a person right now; a person has at most one. */
export function runningRingOf(call: Call, userId: UserId): Ring | undefined {
  return call.rings.find((ring) => ring.userId === userId && ring.state === 'ringing');
}

/**
 * The running ring of a callee of whom a tab may listen in hiding: it shows its window, the call is not answered yet,
 * and no other client sends than the one that promised silence (the caller may have moved the call meanwhile).
 */
export function ringToListenIn(call: Call, userId: UserId): Ring | null {
  const ring = call.status === 'ringing' ? runningRingOf(call, userId) : undefined;
  if (!ring || ring.isQuiet || ring.silentClientId === null) return null;
  const senders = call.participations.flatMap(clientsOf);
  return senders.every((clientId) => clientId === ring.silentClientId) ? ring : null;
}

/** The tab of a callee that listens in hiding. */
export function earlyClientOf(call: Call, userId: UserId): ClientId | null {
  return ringToListenIn(call, userId)?.earlyClientId ?? null;
}

/** Whom this call lets into its room right now: who holds a part or is just handing it over, and early tabs. */
export function admittedTo(call: Call): { userId: UserId; clientId: ClientId }[] {
  if (call.status === 'ended') return [];
  const inParts = call.participations.flatMap((part) =>
    clientsOf(part).map((clientId) => ({ userId: part.userId, clientId })),
  );
  const early = call.rings.flatMap(({ userId }) => {
    const clientId = earlyClientOf(call, userId);
    return clientId === null ? [] : [{ userId, clientId }];
  });
  return [...inParts, ...early];
}

/** The tab that listened while it rang and holds its person's part now. */
export function earlyTurnedIn(before: Call, after: Call): { userId: UserId; clientId: ClientId } | null {
  for (const { userId } of before.rings) {
    const clientId = earlyClientOf(before, userId);
    if (clientId !== null && clientsOf(participationOf(after, userId)).includes(clientId))
      return { userId, clientId };
  }
  return null;
}

/** Whether nothing but who listens has changed: no view shows that, and no stream may say it by a view sent again. */
export function isUnseen(before: Call, after: Call): boolean {
  const seen = ({ rings, ...call }: Call) =>
    JSON.stringify([call, rings.map((ring) => ({ ...ring, earlyClientId: null, earlySignInId: null }))]);
  const hasOther = after.rings.some((ring, at) => ring.earlyClientId !== before.rings[at]?.earlyClientId);
  return hasOther && seen(before) === seen(after);
}

/** Whether this tab may be in the call's room. */
export function isEntitled(call: Call, userId: UserId, clientId: ClientId): boolean {
  return admittedTo(call).some((one) => one.userId === userId && one.clientId === clientId);
}

/**
 * Until when the call is known to have lived, asked at `now`: the present while the server watches it, else the
 * last look, because a server's downtime is part of no call.
 */
export function knownAliveUntil({ lastKnownAliveAt }: Call, now: number): number {
  return lastKnownAliveAt === null || lastKnownAliveAt >= now - unwatchedAfterMs ? now : lastKnownAliveAt;
}

/** The last moment up to `at` at which people were known to be in the call. */
export function lastKnownBefore({ lastKnownAliveAt }: Call, at: number): number {
  return Math.min(lastKnownAliveAt ?? at, at);
}

/** Who entered or left, and so is shown as in a call or no longer. */
export function presenceChanges(before: Call | null, after: Call): UserId[] {
  return after.participations
    .filter((part) => {
      const old = before ? participationOf(before, part.userId) : undefined;
      return isInCall(part) !== isInCall(old);
    })
    .map((part) => part.userId);
}
