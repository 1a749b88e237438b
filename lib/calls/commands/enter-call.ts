import 'server-only';
import type { CallView, CallWithMedia } from '@parley/call-protocol';
import type { CallDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId, ClientId, UserId } from '@/lib/ids';
import type { MediaIdentity } from '@/lib/media/media-server';
import type { Viewer } from '@/lib/viewer';
import type { Applied } from '../apply-trigger';
import { noteFound, restoreMissing } from '../jobs/missing-rooms';
import { type Call, earlyTurnedIn } from '../model/call';
import { findCallOf } from '../reads/load-call';
import { readCall } from '../reads/read-calls';
import type { Touches } from '../touching';
import { applyTrigger, inOneUnit, type Unit } from '../unit-of-work';
import { requireMember, requireSignedIn } from './require-member';

export type EnterRequest = { callId: CallId; clientId: ClientId; switchFrom: CallId | null };

/**
 * **Accept** and **Join call**: this client holds the viewer's participation. Exactly one client of a callee accepts
 * a ring; its repeats return the same with a fresh token, also after a reload. Any member may join, also after
 * declining or missing the call. Both are the same entry: a running ring is accepted by it, an old one stays as it
 * ended. With `switchFrom` the other call is left in the same transaction, and a refusal changes nothing.
 *
 * @throws {AppError} unauthenticated, not_found, call_ended (with the final view), already_in_call,
 * answered_elsewhere — another client holds the participation
 */
export async function enterCall(
  deps: CallDeps,
  viewer: Viewer,
  request: EnterRequest,
): Promise<CallWithMedia> {
  const { callId, clientId, switchFrom } = request;
  const entered = await orWithFinalView(deps, viewer, callId, () =>
    inOneUnit(deps, touchedByEntry(viewer.userId, callId), (unit) =>
      enterInUnit(unit, viewer, callId, clientId, switchFrom),
    ),
  );
  connectEarly(deps, entered);
  // A holder that asks again may have found the room gone: LiveKit was restarted.
  if (entered.outcome === 'unchanged' || isReturn(entered)) await restoreIfMissing(deps, entered.after);
  return withMedia(deps, viewer.userId, clientId, entered.after);
}

/** What an entry touches: the call, and the one that it may leave. */
export function touchedByEntry(userId: UserId, callId: CallId): Touches {
  return {
    calls: async (tx) => [callId, (await findCallOf(tx, userId)) ?? callId],
    people: [userId],
  };
}

/** Leaves the call named by `switchFrom` and enters this one, inside the unit of a command. */
export async function enterInUnit(
  unit: Unit,
  viewer: Viewer,
  callId: CallId,
  clientId: ClientId,
  switchFrom: CallId | null,
): Promise<Applied> {
  await requireSignedIn(unit.tx, viewer);
  await requireMember(unit, viewer.userId, callId);
  await leaveOtherCall(unit, viewer.userId, callId, switchFrom);
  return unit.apply(callId, {
    type: 'enter',
    userId: viewer.userId,
    clientId,
    signInId: viewer.signInId,
  });
}

/**
 * Leaves the call that the person is in, unless it is `entering`.
 *
 * @throws {AppError} already_in_call, with its id — it is not the one that the request names in `switchFrom`
 */
export async function leaveOtherCall(
  unit: Unit,
  userId: UserId,
  entering: CallId | null,
  switchFrom: CallId | null,
): Promise<void> {
  const current = await findCallOf(unit.tx, userId);
  if (!current || current === entering) return;
  if (current !== switchFrom) throw new AppError('already_in_call', undefined, { callId: current });
  await unit.apply(current, { type: 'leave', userId, clientId: null });
}

/** Adds the final view to a call_ended refusal, so that the client can show how it ended. */
export async function orWithFinalView<T>(
  deps: CallDeps,
  viewer: Viewer,
  callId: CallId,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'call_ended') throw error;
    throw new AppError('call_ended', error.sentence, { call: await readCall(deps, viewer.userId, callId) });
  }
}

/**
 * Returns the view after entering, and a token for this room and client only.
 *
 * @throws {AppError} call_ended, answered_elsewhere — the participation was lost between the commit and now: the
 * viewer left, the call ended, or another client moved it
 */
export async function withMedia(
  deps: CallDeps,
  userId: UserId,
  clientId: ClientId,
  call: Call,
): Promise<CallWithMedia> {
  const view = await readCall(deps, userId, call.id);
  if (!view) throw new AppError('not_found', 'server.noSuchCall');
  if (view.holderClientId === null) throw new AppError('call_ended', 'server.youLeftCall', { call: view });
  if (view.holderClientId !== clientId)
    throw new AppError('answered_elsewhere', undefined, { callId: call.id });
  const identity = { userId, clientId };
  await deps.mediaWork.whenRemoved(call.roomName, identity);
  const token = await deps.media.token(call.roomName, identity, nameIn(view, userId));
  return { call: view, media: { url: deps.media.publicUrl, token } };
}

/** What LiveKit's own components call this person. */
export function nameIn({ people }: CallView, userId: UserId): string {
  return people.find(({ user }) => user.id === userId)?.user.displayName ?? '';
}

/**
 * The tab that listened while it rang counts as connected: LiveKit has announced it during the ring, when it counted
 * for nothing, and does not again. No answer waits for it.
 */
export function connectEarly(deps: CallDeps, { before, after }: Applied): void {
  const early = before && earlyTurnedIn(before, after);
  if (!early) return;
  takeSid(deps, after, early).catch((error: unknown) =>
    deps.log.warn(
      { err: error, callId: after.id },
      'an early connection was not found; the reconciler looks again',
    ),
  );
}

async function takeSid(deps: CallDeps, { id, roomName }: Call, identity: MediaIdentity): Promise<void> {
  const present = await deps.media.listParticipants(roomName);
  const { userId, clientId } = identity;
  const here = present.find((one) => one.identity.userId === userId && one.identity.clientId === clientId);
  if (here) await applyTrigger(deps, id, { type: 'media_joined', ...identity, sid: here.sid });
}

function isReturn({ before, trigger }: Applied): boolean {
  return (
    trigger.type === 'enter' &&
    before?.participations.some((part) => part.userId === trigger.userId && part.state === 'rejoining') ===
      true
  );
}

async function restoreIfMissing(deps: CallDeps, call: Call): Promise<void> {
  try {
    const found = await deps.media.findRooms([call.roomName]);
    if (found.length === 0) await restoreMissing(deps, call);
    else noteFound(deps, call.id);
  } catch (error) {
    deps.log.warn({ err: error, callId: call.id }, 'LiveKit does not answer; the client tries again');
  }
}
