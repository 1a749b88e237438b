import { type CallStatus, type EndReason, isInCall, type RingState } from '@parley/call-protocol';
import type { CallId, ClientId, ConversationId, RingId, UserId } from '@/lib/ids';
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

/** Whether this tab may be in the call's room: it holds the part, or is just handing it over. */
export function isEntitled(call: Call, userId: UserId, clientId: ClientId): boolean {
  return call.status !== 'ended' && clientsOf(participationOf(call, userId)).includes(clientId);
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
