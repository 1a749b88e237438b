import 'server-only';
import { and, eq, inArray, or } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLiveCall, isLivePart, isRunningRing } from '@/db/conditions';
import { calls, conversations, participations, rings } from '@/db/schema';
import { directPairOf } from '@/lib/conversations/direct-pair';
import type { Deps } from '@/lib/deps';
import type { CallId, ClientId, ConversationId, SignInId, UserId } from '@/lib/ids';
import type { CallView } from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';
import { announce } from '../announce';
import { applyInTransaction, applyTrigger } from '../apply-trigger';
import { findCallOf, findRingsOf, loadLiveCallIn } from '../reads/load-call';
import { requireView } from '../reads/read-calls';
import { requireMember } from './enter-call';
import { cancelStart, cancelStartsOf } from './remember-start';

/**
 * **Disconnect** / **Leave**: guarantees that this tab's part in the call is over. Never refused;
 * a tab that holds no part, or an ended call, answers with the view as it is.
 */
export async function leaveCall(
  deps: Deps,
  viewer: Viewer,
  { callId, clientId }: { callId: CallId; clientId: ClientId },
): Promise<CallView> {
  const { userId } = viewer;
  await requireMember(deps.db, userId, callId);
  const left = await deps.transaction(async (tx) => {
    const applied = await applyInTransaction(deps, tx, callId, { type: 'leave', userId, clientId });
    if (applied.outcome === 'changed') await cancelStartsOf(tx, userId, callId);
    return applied;
  });
  await announce(deps, [left]);
  return requireView(deps, userId, callId);
}

/**
 * **Disconnect** before the server has answered: leaves the call that this start became, or, when
 * the start is still on its way, guarantees that it will create nothing; nor does a repeat of it enter again.
 */
export async function leaveByRequest(
  deps: Deps,
  viewer: Viewer,
  { requestId, clientId }: { requestId: string; clientId: ClientId },
): Promise<CallView | null> {
  const { userId } = viewer;
  const callId = await deps.transaction((tx) => cancelStart(deps, tx, userId, requestId));
  return callId ? leaveCall(deps, viewer, { callId, clientId }) : null;
}

/**
 * Ends what revoked sign-ins hold; rings go on in the person's other browsers. A part that is just moving
 * between one of their tabs and one that stays signed in goes on there alone.
 */
export async function leaveCallsOfSignIns(deps: Deps, signInIds: readonly SignInId[]): Promise<void> {
  if (signInIds.length === 0) return;
  const concerned = await inChunks(signInIds, (ids) =>
    deps.db
      .select({ callId: participations.callId, userId: participations.userId })
      .from(participations)
      .where(
        and(
          isLivePart,
          or(inArray(participations.signInId, ids), inArray(participations.movingFromSignInId, ids)),
        ),
      ),
  );
  for (const { callId, userId } of concerned)
    await applyTrigger(deps, callId, { type: 'sign_out', userId, signInIds: [...signInIds] });
}

/** Ends the ring and the part of somebody who is no longer a member of the conversation. */
export async function removeFromCall(
  deps: Deps,
  conversationId: ConversationId,
  userId: UserId,
): Promise<void> {
  const call = await loadLiveCallIn(deps.db, conversationId);
  if (!call) return;
  await applyTrigger(deps, call.id, { type: 'remove_member', userId });
  // Also somebody whom it never rang has seen it in their list, and must see it go.
  deps.realtime.wake([userId], { calls: [call.id] });
}

/** Ends every ring and part of a suspended person. */
export async function removeFromAllCalls(deps: Deps, userId: UserId): Promise<void> {
  const current = await findCallOf(deps.db, userId);
  const ids = new Set<CallId>([...(current ? [current] : []), ...(await findRingsOf(deps.db, userId))]);
  for (const callId of ids) await applyTrigger(deps, callId, { type: 'remove_member', userId });
}

/** A block: ends a direct call or a running ring between the two, wherever it is. */
export async function endBetween(deps: Deps, blockerId: UserId, blockedId: UserId): Promise<void> {
  const pair = [blockerId, blockedId];
  const rows = await deps.db
    .selectDistinct({ id: calls.id, kind: conversations.kind })
    .from(calls)
    .innerJoin(conversations, eq(conversations.id, calls.conversationId))
    .leftJoin(rings, eq(rings.callId, calls.id))
    .where(
      and(
        isLiveCall,
        or(
          eq(conversations.directPair, directPairOf(blockerId, blockedId)),
          and(isRunningRing, inArray(rings.userId, pair), inArray(rings.ringerId, pair)),
        ),
      ),
    );
  for (const { id, kind } of rows) {
    await applyTrigger(deps, id, { type: 'block', blockerId, blockedId, isDirect: kind === 'direct' });
  }
}
