import 'server-only';
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { nextRevision, touchConversation, touchUsers } from '@/db/revision';
import { calls, community, conversations, messages, participations, rings } from '@/db/schema';
import type { Tx } from '@/db/store';
import { findOrMakeDirect } from '@/lib/conversations/open-direct';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { type CallId, type ClientId, type ConversationId, makeId, type UserId } from '@/lib/ids';
import type { CallWithMedia } from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';
import { announce, type Change } from '../announce';
import { countOutcomes } from '../count-outcomes';
import { keepCallLog } from '../keep-call-log';
import { type Call, connectTimeoutMs, type Ring } from '../model/call';
import { notMoving } from '../model/rule';
import { enterInTransaction, leaveOtherCall, requireSignedIn, withMedia } from './enter-call';
import { planStart, type StartPlan, type StartTarget } from './plan-start';
import { findStart, rememberStart } from './remember-start';

export type StartRequest = {
  target: StartTarget;
  requestId: string | null;
  clientId: ClientId;
  /** The call this person leaves for the new one, in the same transaction. */
  switchFrom: CallId | null;
};

type Made = { call: Call; isNew: boolean; changes: Change[] };

/**
 * Guarantees the caller one call in this conversation: starts it and rings everyone who may be
 * rung, or joins the one that lives (glare, a second press, a repeat of the same request). When it
 * throws, nobody rings and no conversation, call or room is left behind.
 *
 * Throws AppError: unauthenticated, not_found, invalid_input, not_allowed, rate_limited, already_in_call (without
 * `switchFrom`), answered_elsewhere, call_ended (this request was already left), and
 * MediaUnavailable when LiveKit does not answer.
 */
export async function startCall(
  deps: Deps,
  viewer: Viewer,
  request: StartRequest,
): Promise<CallWithMedia & { isNew: boolean }> {
  await findStart(deps.db, viewer.userId, request.requestId);
  const preview = await planStart(deps.db, viewer.userId, request.target, deps.clock.now());
  let made = preview.kind === 'join' ? await make(deps, viewer, request, null) : null;
  // Also when the call that lived a moment ago has just ended: then this one starts the next.
  made ??= await make(deps, viewer, request, await makeRoom(deps));
  if (!made) throw new Error('a start with a room of its own made no call');
  await announce(deps, made.changes);
  return { ...(await withMedia(deps, viewer.userId, request.clientId, made.call)), isNew: made.isNew };
}

/** Null when there is no call to join any more and no room was made for a new one. */
async function make(
  deps: Deps,
  viewer: Viewer,
  request: StartRequest,
  roomName: string | null,
): Promise<Made | null> {
  let made: Made | null = null;
  try {
    made = await deps.transaction((tx) => startInTransaction(deps, tx, viewer, request, roomName));
    return made;
  } finally {
    if (roomName && made?.call.roomName !== roomName) dropRoom(deps, roomName);
  }
}

async function startInTransaction(
  deps: Deps,
  tx: Tx,
  viewer: Viewer,
  request: StartRequest,
  roomName: string | null,
): Promise<Made | null> {
  const { userId } = viewer;
  const earlier = await findStart(tx, userId, request.requestId);
  if (earlier) {
    const entered = await enterInTransaction(deps, tx, viewer, earlier, request.clientId, request.switchFrom);
    return { call: entered.call, isNew: false, changes: entered.changes };
  }
  const plan = await planStart(tx, userId, request.target, deps.clock.now());
  if (plan.kind === 'join') {
    const entered = await enterInTransaction(
      deps,
      tx,
      viewer,
      plan.live.id,
      request.clientId,
      request.switchFrom,
    );
    await rememberStart(deps, tx, userId, request.requestId, plan.live.id);
    return { call: entered.call, isNew: false, changes: entered.changes };
  }
  if (!roomName) return null;
  await requireSignedIn(tx, viewer);
  const left = await leaveOtherCall(deps, tx, userId, null, request.switchFrom);
  const call = await writeCall(deps, tx, viewer, request.clientId, roomName, plan);
  await rememberStart(deps, tx, userId, request.requestId, call.id);
  return { call, isNew: true, changes: [...left, { before: null, after: call, outcome: 'changed' }] };
}

async function writeCall(
  deps: Deps,
  tx: Tx,
  viewer: Viewer,
  clientId: ClientId,
  roomName: string,
  plan: Extract<StartPlan, { kind: 'start' }>,
): Promise<Call> {
  const now = deps.clock.now();
  const shownNow = deps.clock.wallNow();
  const revision = await nextRevision(tx);
  const conversationId = await conversationOf(tx, viewer.userId, plan, shownNow);
  const call: Call = {
    id: makeId('call'),
    conversationId,
    callerId: viewer.userId,
    roomName,
    status: 'ringing',
    endReason: null,
    activeAt: null,
    lengthMs: null,
    mediaLostAt: null,
    lastKnownAliveAt: now,
    rings: plan.callees.map(({ userId, verdict }): Ring => {
      return {
        id: makeId('ring'),
        userId,
        ringerId: viewer.userId,
        state: verdict === 'refuse' ? 'not_allowed' : 'ringing',
        isQuiet: verdict === 'quiet',
        isReached: deps.realtime.isOnline(userId),
        isConfirmed: false,
        startedAt: now,
        deadlineAt: now + deps.times.ringTimeoutMs,
      };
    }),
    participations: [
      {
        userId: viewer.userId,
        clientId,
        signInId: viewer.signInId,
        state: 'joined',
        mediaSid: null,
        connectDeadlineAt: now + connectTimeoutMs,
        rejoinDeadlineAt: null,
        droppedAt: null,
        ...notMoving,
        enteredAt: now,
      },
    ],
  };
  const { rings: newRings, participations: parts, ...row } = call;
  await tx.insert(calls).values({ ...row, createdAt: shownNow, revision });
  await tx.insert(rings).values(newRings.map((ring) => ({ ...ring, callId: call.id })));
  await tx.insert(participations).values(parts.map((part) => ({ ...part, callId: call.id })));
  // The call's one entry in the conversation is born with it, so that no crash can lose or double it.
  await tx.insert(messages).values({
    id: makeId('msg'),
    conversationId,
    authorId: viewer.userId,
    text: '',
    callId: call.id,
    sentAt: shownNow,
    revision,
  });
  await keepCallLog(tx, null, call, shownNow);
  await countOutcomes(tx, null, call);
  await tx
    .update(conversations)
    .set({ lastActivityAt: shownNow })
    .where(eq(conversations.id, conversationId));
  await touchConversation(tx, conversationId);
  await touchUsers(tx, [viewer.userId]);
  return call;
}

async function conversationOf(
  tx: Tx,
  callerId: UserId,
  plan: Extract<StartPlan, { kind: 'start' }>,
  shownNow: number,
): Promise<ConversationId> {
  if (plan.conversationId) return plan.conversationId;
  if (!plan.calleeId) throw new AppError('not_found', 'This conversation does not exist.');
  const { conversationId } = await findOrMakeDirect(tx, shownNow, callerId, plan.calleeId);
  return conversationId;
}

/** `parley_`, this community's key (several may share a LiveKit server), and 128 random bits. */
async function makeRoom(deps: Deps): Promise<string> {
  const roomName = `${await readRoomPrefix(deps)}${randomBytes(16).toString('hex')}`;
  await deps.media.createRoom(roomName);
  return roomName;
}

/** Only rooms with this prefix are ours to touch. */
export async function readRoomPrefix(deps: Pick<Deps, 'db'>): Promise<string> {
  const [row] = await deps.db.select({ key: community.roomKey }).from(community);
  if (!row) throw new Error('the community row is missing: run the migrations');
  return `parley_${row.key}_`;
}

function dropRoom({ mediaWork, log }: Deps, roomName: string): void {
  mediaWork.deleteRoom(roomName).catch((error: unknown) => {
    log.warn({ err: error }, 'a room without a call was left; the reconciler deletes it');
  });
}
