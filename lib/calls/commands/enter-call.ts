import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { members, signIns, users } from '@/db/schema';
import type { Readable, Tx } from '@/db/store';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId, ClientId, UserId } from '@/lib/ids';
import type { CallWithMedia } from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';
import { announce } from '../announce';
import { type Applied, applyInTransaction } from '../apply-trigger';
import { restoreRoom } from '../jobs/restore-room';
import type { Call } from '../model/call';
import { findCallOf, loadCall } from '../reads/load-call';
import { readCall } from '../reads/read-calls';

export type EnterRequest = { callId: CallId; clientId: ClientId; switchFrom: CallId | null };

/**
 * Guarantees that this tab holds the person's part in the call, and answers with a fresh token.
 * Accept and join are the same entry: a running ring is accepted by it, an old one stays as it is.
 * With `switchFrom` the other call is left in the same transaction; a refusal changes nothing.
 *
 * Throws AppError: unauthenticated, not_found, call_ended (with the final view), already_in_call,
 * answered_elsewhere.
 */
export async function enterCall(deps: Deps, viewer: Viewer, request: EnterRequest): Promise<CallWithMedia> {
  const { callId, clientId, switchFrom } = request;
  const entered = await orWithFinalView(deps, viewer, callId, () =>
    deps.transaction((tx) => enterInTransaction(deps, tx, viewer, callId, clientId, switchFrom)),
  );
  await announce(deps, entered.changes);
  // A holder that asks again may have found the room gone: LiveKit was restarted.
  const isRepeat = entered.changes.every((change) => change.outcome === 'unchanged' || isReturn(change));
  if (isRepeat) await restoreIfMissing(deps, entered.call);
  return withMedia(deps, viewer.userId, clientId, entered.call);
}

/** The part of entering that belongs into a caller's transaction. */
export async function enterInTransaction(
  deps: Deps,
  tx: Tx,
  viewer: Viewer,
  callId: CallId,
  clientId: ClientId,
  switchFrom: CallId | null,
): Promise<{ call: Call; changes: Applied[] }> {
  await requireSignedIn(tx, viewer);
  await requireMember(tx, viewer.userId, callId);
  const left = await leaveOtherCall(deps, tx, viewer.userId, callId, switchFrom);
  const entered = await applyInTransaction(deps, tx, callId, {
    type: 'enter',
    userId: viewer.userId,
    clientId,
    signInId: viewer.signInId,
  });
  return { call: entered.after, changes: [...left, entered] };
}

/**
 * Leaves the call this person is in, if it is another one than `entering` and the one they said
 * they would leave; throws already_in_call (with its id) if they did not say so.
 */
export async function leaveOtherCall(
  deps: Deps,
  tx: Tx,
  userId: UserId,
  entering: CallId | null,
  switchFrom: CallId | null,
): Promise<Applied[]> {
  const current = await findCallOf(tx, userId);
  if (!current || current === entering) return [];
  if (current !== switchFrom) throw new AppError('already_in_call', undefined, { callId: current });
  return [await applyInTransaction(deps, tx, current, { type: 'leave', userId, clientId: null })];
}

/**
 * Throws unauthenticated when the sign-in was revoked, or its person suspended, since the request was
 * let in: whoever enters a call would otherwise stay in it.
 */
export async function requireSignedIn(q: Readable, { signInId }: Viewer): Promise<void> {
  const [row] = await q
    .select({ id: signIns.id })
    .from(signIns)
    .innerJoin(users, and(eq(users.id, signIns.userId), isNull(users.suspendedAt)))
    .where(and(eq(signIns.id, signInId), isNull(signIns.revokedAt)));
  if (!row) throw new AppError('unauthenticated');
}

/** Throws not_found unless the call exists and the person, not suspended, is a member of its conversation now. */
export async function requireMember(q: Readable, userId: UserId, callId: CallId): Promise<Call> {
  const call = await loadCall(q, callId);
  const [row] = call
    ? await q
        .select({ userId: members.userId })
        .from(members)
        .innerJoin(users, and(eq(users.id, members.userId), isNull(users.suspendedAt)))
        .where(and(eq(members.conversationId, call.conversationId), eq(members.userId, userId)))
    : [];
  if (!call || !row) throw new AppError('not_found', 'This call does not exist.');
  return call;
}

/** Adds the final view to a call_ended refusal, so that the client can show how it ended. */
export async function orWithFinalView<T>(
  deps: Deps,
  viewer: Viewer,
  callId: CallId,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'call_ended') throw error;
    throw new AppError('call_ended', error.message, { call: await readCall(deps, viewer.userId, callId) });
  }
}

/**
 * The viewer's answer after entering: the view, and a pass for this room and this tab only. Whoever
 * lost the part between the commit and now (left, call over, another tab moved it) gets none.
 */
export async function withMedia(
  deps: Deps,
  userId: UserId,
  clientId: ClientId,
  call: Call,
): Promise<CallWithMedia> {
  const view = await readCall(deps, userId, call.id);
  if (!view) throw new AppError('not_found', 'This call does not exist.');
  if (view.holderClientId === null) throw new AppError('call_ended', 'You left this call.', { call: view });
  if (view.holderClientId !== clientId)
    throw new AppError('answered_elsewhere', undefined, { callId: call.id });
  const [person] = await deps.db.select({ name: users.displayName }).from(users).where(eq(users.id, userId));
  const identity = { userId, clientId };
  await deps.mediaWork.whenRemoved(call.roomName, identity);
  const token = await deps.media.token(call.roomName, identity, person?.name ?? '');
  return { call: view, media: { url: deps.media.publicUrl, token } };
}

function isReturn({ before, trigger }: Applied): boolean {
  return (
    trigger.type === 'enter' &&
    before.participations.some((part) => part.userId === trigger.userId && part.state === 'rejoining')
  );
}

async function restoreIfMissing(deps: Deps, call: Call): Promise<void> {
  try {
    const found = await deps.media.findRooms([call.roomName]);
    if (found.length === 0) await restoreRoom(deps, call);
  } catch (error) {
    deps.log.warn({ err: error, callId: call.id }, 'LiveKit does not answer; the client tries again');
  }
}
