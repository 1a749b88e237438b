import 'server-only';
import type { CallView } from '@parley/call-protocol';
import { and, eq } from 'drizzle-orm';
import { conversations, members } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { CallDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { type CallId, makeId, type UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import type { Call } from '../model/call';
import { mayRing, type RingVerdict } from '../model/may-ring';
import { requireView } from '../reads/read-calls';
import { readRingFacts } from '../reads/read-ring-facts';
import { inOneUnit } from '../unit-of-work';
import { reachLate } from './confirm-ring';
import { orWithFinalView } from './enter-call';
import { refusal } from './plan-start';
import { applyAsMember, requireMember } from './require-member';
import { readRingLimits, tooManyRings } from './ring-limits';

/**
 * **Ring again**: gives a member who is neither in the call nor ringing a new ring with its own
 * deadline. Only participants may; the same gate and limits as for a start.
 *
 * Throws AppError: not_found, not_allowed, rate_limited, call_ended (with the final view).
 */
export async function ringAgain(
  deps: CallDeps,
  viewer: Viewer,
  { callId, userId }: { callId: CallId; userId: UserId },
): Promise<CallView> {
  // Before the transaction, which awaits queries only.
  const online = await deps.presence.online([userId]);
  const touches = { calls: [callId], people: [viewer.userId, userId] };
  const rung = await orWithFinalView(deps, viewer, callId, () =>
    inOneUnit(deps, touches, async (unit) => {
      const call = await requireMember(unit, viewer.userId, callId);
      const verdict =
        call.status === 'ended' ? 'refuse' : await judge(deps, unit.tx, viewer.userId, call, userId);
      return unit.apply(callId, {
        type: 'ring',
        ringId: makeId('ring'),
        ringerId: viewer.userId,
        userId,
        isQuiet: verdict !== 'ring',
        isReached: online.has(userId),
      });
    }),
  );
  await reachLate(deps, rung.after);
  return requireView(deps, viewer.userId, callId);
}

async function judge(
  deps: CallDeps,
  tx: Tx,
  ringerId: UserId,
  call: Call,
  userId: UserId,
): Promise<RingVerdict> {
  const [conversation] = await tx
    .select({ id: conversations.id, kind: conversations.kind })
    .from(conversations)
    .innerJoin(members, and(eq(members.conversationId, conversations.id), eq(members.userId, userId)))
    .where(eq(conversations.id, call.conversationId));
  if (!conversation || userId === ringerId) throw new AppError('not_found', 'server.notInConversation');
  const facts = (await readRingFacts(tx, ringerId, [userId], conversation)).get(userId);
  const verdict = facts ? mayRing(facts) : 'refuse';
  if (verdict === 'refuse') throw await refusal(tx, [userId]);
  const limits = await readRingLimits(tx, ringerId, deps.clock.now());
  const waitMs = Math.max(limits.callerWaitMs, limits.pairWaitMs(userId));
  if (waitMs > 0) throw tooManyRings(waitMs);
  return verdict;
}

/**
 * **Stop ringing**: ends one member's ring; only the participant who started it may. A ring that has ended, or
 * an ended call, stays unchanged.
 *
 * @throws {AppError} not_found, not_allowed
 */
export async function stopRing(
  deps: CallDeps,
  viewer: Viewer,
  { callId, userId }: { callId: CallId; userId: UserId },
): Promise<CallView> {
  await applyAsMember(deps, viewer.userId, callId, { type: 'stop_ring', byUserId: viewer.userId, userId });
  return requireView(deps, viewer.userId, callId);
}
