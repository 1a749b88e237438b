import 'server-only';
import { isInCall } from '@parley/call-protocol';
import { and, eq, isNull } from 'drizzle-orm';
import { members, signIns, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { CallDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId, UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import type { Applied } from '../apply-trigger';
import { type Call, participationOf } from '../model/call';
import type { Trigger } from '../model/trigger';
import { loadCall } from '../reads/load-call';
import { inOneUnit, type Unit } from '../unit-of-work';

/**
 * For commands that enter a call: a sign-in that was revoked since the request was authenticated would hold a
 * participation that nothing ends.
 *
 * @throws {AppError} unauthenticated — the sign-in is revoked, or its person suspended
 */
export async function requireSignedIn(q: Readable, { signInId }: Viewer): Promise<void> {
  const [row] = await q
    .select({ id: signIns.id })
    .from(signIns)
    .innerJoin(users, and(eq(users.id, signIns.userId), isNull(users.suspendedAt)))
    .where(and(eq(signIns.id, signInId), isNull(signIns.revokedAt)));
  if (!row) throw new AppError('unauthenticated');
}

/**
 * Returns the call.
 *
 * @throws {AppError} not_found — it does not exist, or the person is suspended or no member of its conversation
 */
export async function requireMember(
  { tx, load }: Pick<Unit, 'load'> & { tx: Readable },
  userId: UserId,
  callId: CallId,
): Promise<Call> {
  const call = await load(callId);
  const [row] = call
    ? await tx
        .select({ userId: members.userId })
        .from(members)
        .innerJoin(users, and(eq(users.id, members.userId), isNull(users.suspendedAt)))
        .where(and(eq(members.conversationId, call.conversationId), eq(members.userId, userId)))
    : [];
  if (!call || !row) throw new AppError('not_found', 'server.noSuchCall');
  return call;
}

/** Applies a trigger of a member's, and is refused as `requireMember` refuses. */
export async function applyAsMember(
  deps: CallDeps,
  userId: UserId,
  callId: CallId,
  trigger: Trigger,
): Promise<Applied> {
  const touches = { calls: [callId], people: [userId] };
  return inOneUnit(deps, touches, async (unit) => {
    await requireMember(unit, userId, callId);
    return unit.apply(callId, trigger);
  });
}

/**
 * Returns the live call, for what passes between the people in it.
 *
 * @throws {AppError} not_found; call_ended; not_allowed — a member who is not in the call
 */
export async function requireParticipant(q: Readable, userId: UserId, callId: CallId): Promise<Call> {
  const call = await requireMember({ tx: q, load: (id) => loadCall(q, id) }, userId, callId);
  if (call.status === 'ended') throw new AppError('call_ended', undefined, { callId });
  if (!isInCall(participationOf(call, userId))) throw new AppError('not_allowed', 'server.inCallOnly');
  return call;
}
