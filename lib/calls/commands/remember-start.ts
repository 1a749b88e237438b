import 'server-only';
import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { startRequests } from '@/db/schema';
import type { Readable, Tx } from '@/db/store';
import type { CallDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId, UserId } from '@/lib/ids';
import { loadCall } from '../reads/load-call';

/**
 * What became of each client-made start request, so that its repeat finds the call it made and its leave
 * keeps it from making one, in whatever order the three arrive.
 */

/** Repeats come within seconds, the last of them when a client's network is back. */
const keptMs = 60 * 60_000;
/** The most cancelled starts that are kept a minute: a person may make ten starts (docs/calls.md, "Who may ring whom"). */
const maxCancelledAMinute = 60;

/** Inside the transaction of the start: this request became this call. */
export async function rememberStart(
  deps: CallDeps,
  tx: Tx,
  userId: UserId,
  requestId: string | null,
  callId: CallId,
): Promise<void> {
  if (!requestId) return;
  await forgetOld(deps, tx, userId);
  await tx
    .insert(startRequests)
    .values({ userId, requestId, callId, createdAt: deps.clock.now() })
    .onConflictDoNothing();
}

/** The call that this request has become, or null. */
export async function findCallOfRequest(
  q: Readable,
  userId: UserId,
  requestId: string | null,
): Promise<CallId | null> {
  return (requestId && (await findRequest(q, userId, requestId))?.callId) || null;
}

/** The live call this request already became, or null; throws call_ended when it has ended or was left. */
export async function findStart(
  q: Readable,
  userId: UserId,
  requestId: string | null,
): Promise<CallId | null> {
  if (!requestId) return null;
  const row = await findRequest(q, userId, requestId);
  if (row?.isCancelled) throw new AppError('call_ended', 'server.youLeftCall');
  if (!row?.callId) return null;
  const call = await loadCall(q, row.callId);
  if (call?.status === 'ended') throw new AppError('call_ended', undefined, { callId: call.id });
  return row.callId;
}

/**
 * Makes this request create and enter nothing from now on; returns the call that it had become, or null.
 * Leaving is never refused, so a client that cancels more starts than a person can make gets a response, and
 * no record is kept.
 */
export async function cancelStart(
  deps: CallDeps,
  tx: Tx,
  userId: UserId,
  requestId: string,
): Promise<CallId | null> {
  const row = await findRequest(tx, userId, requestId);
  if (!row) {
    await saveCancelled(deps, tx, userId, requestId);
    return null;
  }
  await tx
    .update(startRequests)
    .set({ isCancelled: true })
    .where(and(eq(startRequests.userId, userId), eq(startRequests.requestId, requestId)));
  return row.callId;
}

async function saveCancelled(deps: CallDeps, tx: Tx, userId: UserId, requestId: string): Promise<void> {
  const now = deps.clock.now();
  const recent = await tx.$count(
    startRequests,
    and(
      eq(startRequests.userId, userId),
      isNull(startRequests.callId),
      gt(startRequests.createdAt, now - 60_000),
    ),
  );
  if (recent >= maxCancelledAMinute) return;
  await forgetOld(deps, tx, userId);
  await tx.insert(startRequests).values({ userId, requestId, isCancelled: true, createdAt: now });
}

async function forgetOld({ clock }: CallDeps, tx: Tx, userId: UserId): Promise<void> {
  await tx
    .delete(startRequests)
    .where(and(eq(startRequests.userId, userId), lt(startRequests.createdAt, clock.now() - keptMs)));
}

/** The person left this call: whatever start request of theirs it came from, a late repeat does not enter it again. */
export async function cancelStartsOf(tx: Tx, userId: UserId, callId: CallId): Promise<void> {
  await tx
    .update(startRequests)
    .set({ isCancelled: true })
    .where(and(eq(startRequests.userId, userId), eq(startRequests.callId, callId)));
}

async function findRequest(q: Readable, userId: UserId, requestId: string) {
  const [row] = await q
    .select()
    .from(startRequests)
    .where(and(eq(startRequests.userId, userId), eq(startRequests.requestId, requestId)));
  return row;
}
