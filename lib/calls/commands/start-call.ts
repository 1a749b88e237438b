import 'server-only';
import { randomBytes } from 'node:crypto';
import type { CallWithMedia } from '@parley/call-protocol';
import { callLines, community } from '@/db/schema';
import type { Tx } from '@/db/store';
import { removeCallBack } from '@/lib/conversations/call-back';
import { readMemberIds } from '@/lib/conversations/membership';
import { findDirect, findOrMakeDirect } from '@/lib/conversations/open-direct';
import type { CallDeps, Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { type CallId, type ClientId, type ConversationId, makeId, type UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import type { Applied } from '../apply-trigger';
import type { Callee } from '../model/trigger';
import { findCallOf } from '../reads/load-call';
import type { Touches } from '../touching';
import { inOneUnit, type Unit } from '../unit-of-work';
import { reachLate } from './confirm-ring';
import { connectEarly, enterInUnit, leaveOtherCall, withMedia } from './enter-call';
import { type JoinPlan, planStart, type StartPlan, type StartTarget } from './plan-start';
import { findCallOfRequest, findStart, rememberStart } from './remember-start';
import { requireSignedIn } from './require-member';

export type StartRequest = {
  target: StartTarget;
  requestId: string | null;
  clientId: ClientId;
  /** The call this person leaves for the new one, in the same transaction. */
  switchFrom: CallId | null;
  /** What the call is about; kept when this request creates the call. Default: null */
  line?: string | null;
  /** This client sends silence until the call is active. Default: false */
  sendsSilence?: boolean;
};

type Started = { applied: Applied; isNew: boolean };

/**
 * Guarantees the caller one call in this conversation: starts it and rings everyone who may be
 * rung, or joins the one that lives (glare, a second press, a repeat of the same request). When it
 * throws, no callee is rung and no conversation, call or room is left behind.
 *
 * Throws AppError: unauthenticated, not_found, invalid_input, not_allowed, rate_limited, already_in_call (without
 * `switchFrom`), answered_elsewhere, call_ended (this request was already left), and
 * MediaUnavailable when LiveKit does not respond.
 */
export async function startCall(
  deps: CallDeps,
  viewer: Viewer,
  request: StartRequest,
): Promise<CallWithMedia & { isNew: boolean }> {
  await findStart(deps.db, viewer.userId, request.requestId);
  const preview = await planStart(deps.db, viewer.userId, request.target, deps.clock.now());
  let started = preview.kind === 'join' ? await start(deps, viewer, request, null, new Set()) : null;
  if (!started) {
    // Also when the call that lived a moment ago has just ended: then this one starts the next.
    const roomName = await makeRoom(deps);
    // Asked before the transaction, which awaits queries only, and after LiveKit, so that it is recent.
    const online = await deps.presence.online(calleesOf(preview));
    started = await start(deps, viewer, request, roomName, online);
  }
  if (!started) throw new Error('a start with a room of its own created no call');
  const { applied, isNew } = started;
  const call = applied.after;
  if (isNew) await reachLate(deps, call);
  else connectEarly(deps, applied);
  return { ...(await withMedia(deps, viewer.userId, request.clientId, call)), isNew };
}

/** Returns null when there is no call to join any more and no room was made for a new one. */
async function start(
  deps: CallDeps,
  viewer: Viewer,
  request: StartRequest,
  roomName: string | null,
  online: ReadonlySet<UserId>,
): Promise<Started | null> {
  let started: Started | null = null;
  try {
    started = await inOneUnit(deps, touchedByStart(viewer.userId, request), (unit) =>
      startInUnit(deps, unit, viewer, request, roomName, online),
    );
    return started;
  } finally {
    if (roomName && started?.applied.after.roomName !== roomName) dropRoom(deps, roomName);
  }
}

async function startInUnit(
  deps: CallDeps,
  unit: Unit,
  viewer: Viewer,
  { target, requestId, clientId, switchFrom, line, sendsSilence = false }: StartRequest,
  roomName: string | null,
  online: ReadonlySet<UserId>,
): Promise<Started | null> {
  const { tx } = unit;
  const { userId } = viewer;
  const earlier = await findStart(tx, userId, requestId);
  if (earlier) {
    const entered = await enterInUnit(unit, viewer, earlier, clientId, switchFrom);
    return { applied: entered, isNew: false };
  }
  const plan = await planStart(tx, userId, target, deps.clock.now());
  const live = plan.kind === 'join' ? plan.live : null;
  const room = live?.roomName ?? roomName;
  if (room === null) return null;
  await requireSignedIn(tx, viewer);
  await leaveOtherCall(unit, userId, live?.id ?? null, switchFrom);
  const callId = live?.id ?? makeId('call');
  const offer =
    plan.kind === 'join'
      ? { conversationId: plan.live.conversationId, callees: [], isSilent: false }
      : {
          conversationId: await conversationOf(tx, userId, plan, deps.clock.wallNow()),
          isSilent: deps.connectsEarly && plan.isDirect && sendsSilence,
          callees: plan.callees.map((callee): Callee => {
            return { ...callee, ringId: makeId('ring'), isReached: online.has(callee.userId) };
          }),
        };
  const applied = await unit.apply(callId, {
    type: 'start',
    callId,
    roomName: room,
    userId,
    clientId,
    signInId: viewer.signInId,
    ...offer,
  });
  const { before, after } = applied;
  // A call between the two keeps the promise, in whichever direction.
  const isDirectStart = before === null && plan.kind === 'start' && plan.isDirect;
  if (isDirectStart && (await removeCallBack(tx, after.conversationId)))
    unit.wake([userId, ...offer.callees.map((callee) => callee.userId)], {
      conversations: [after.conversationId],
    });
  if (line && before === null) await tx.insert(callLines).values({ callId, line });
  await rememberStart(deps, tx, userId, requestId, callId);
  return { applied, isNew: before === null };
}

/**
 * What a start touches: whom it rings, the call that it may leave, and the one that the same request may have become.
 */
function touchedByStart(userId: UserId, { target, requestId }: StartRequest): Touches {
  return {
    calls: async (tx) => {
      const found = [await findCallOf(tx, userId), await findCallOfRequest(tx, userId, requestId)];
      return found.filter((callId) => callId !== null);
    },
    conversations: async (tx) => {
      const found = 'userId' in target ? await findDirect(tx, userId, target.userId) : target.conversationId;
      return found ? [found] : [];
    },
    people: async (tx) => [
      userId,
      ...('userId' in target ? [target.userId] : await readMemberIds(tx, target.conversationId)),
    ],
  };
}

/** Whom a start would ring; for a call that lives, who takes part in it, in case it ends meanwhile. */
function calleesOf(plan: StartPlan | JoinPlan): UserId[] {
  if (plan.kind === 'start') return plan.callees.map(({ userId }) => userId);
  return [...plan.live.rings, ...plan.live.participations].map(({ userId }) => userId);
}

async function conversationOf(
  tx: Tx,
  callerId: UserId,
  plan: StartPlan,
  shownNow: number,
): Promise<ConversationId> {
  if (plan.conversationId) return plan.conversationId;
  if (!plan.calleeId) throw new AppError('not_found', 'server.noSuchConversation');
  const { conversationId } = await findOrMakeDirect(tx, shownNow, callerId, plan.calleeId);
  return conversationId;
}

/** `parley_`, this community's key (several may share a LiveKit server), and 128 random bits. */
async function makeRoom(deps: CallDeps): Promise<string> {
  const roomName = `${await readRoomPrefix(deps)}${randomBytes(16).toString('hex')}`;
  await deps.media.createRoom(roomName);
  return roomName;
}

/** By database; a community keeps its key. */
const prefixes = new WeakMap<object, string>();

/** Only rooms with this prefix are ours to touch. */
export async function readRoomPrefix(deps: Pick<Deps, 'db'>): Promise<string> {
  const known = prefixes.get(deps.db);
  if (known) return known;
  const [row] = await deps.db.select({ key: community.roomKey }).from(community);
  if (!row) throw new Error('the community row is missing: run the migrations');
  const prefix = `parley_${row.key}_`;
  prefixes.set(deps.db, prefix);
  return prefix;
}

function dropRoom({ mediaWork, log }: CallDeps, roomName: string): void {
  mediaWork.deleteRoom(roomName).catch((error: unknown) => {
    log.warn({ err: error }, 'a room without a call was left; the reconciler deletes it');
  });
}
