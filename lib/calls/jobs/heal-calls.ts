import 'server-only';
import { aliasedTable, and, eq, isNotNull, isNull, or } from 'drizzle-orm';
import { isLiveCall, isLivePart, isRunningRing } from '@/db/conditions';
import { blocks, calls, conversations, members, participations, rings, signIns, users } from '@/db/schema';
import type { CallDeps } from '@/lib/deps';
import type { CallId, UserId } from '@/lib/ids';
import type { Trigger } from '../model/trigger';
import { selectLiveParts } from '../reads/live-parts';
import { applyTrigger } from '../unit-of-work';

type Due = { callId: CallId; trigger: Trigger };

/**
 * Ends what contradicts a person's own decision: a call of former members, of revoked sign-ins, of people with a
 * block between them, and rings that sound in spite of **Do not disturb** or **Mute calls**. This version writes
 * each such decision and its consequences in one transaction (unit-of-work.ts), so that it leaves none of these.
 * Earlier versions wrote two, and a crash between them is in the database that an upgrade or a restored backup
 * brings: hence once per start. Five queries, however many calls live.
 *
 * @returns false when a call could not be written: then the next look tries again
 */
export async function healCalls(deps: CallDeps): Promise<boolean> {
  const due = [
    ...(await findFormerMembers(deps)),
    ...(await findRevokedParts(deps)),
    ...(await findBlocked(deps)),
    ...(await findLoudRings(deps)),
  ];
  let isDone = true;
  for (const { callId, trigger } of due) {
    try {
      await applyTrigger(deps, callId, trigger, 'reconciler');
    } catch (error) {
      isDone = false;
      deps.log.warn({ err: error, callId }, 'a call could not be healed; the next look tries again');
    }
  }
  return isDone;
}

/** People in a call or ringing who are no members of its conversation, or are suspended. */
async function findFormerMembers({ db }: CallDeps): Promise<Due[]> {
  const concerned = selectLiveParts(db).as('concerned');
  const rows = await db
    .select({ callId: concerned.callId, userId: concerned.userId })
    .from(concerned)
    .innerJoin(calls, eq(calls.id, concerned.callId))
    .innerJoin(users, eq(users.id, concerned.userId))
    .leftJoin(
      members,
      and(eq(members.conversationId, calls.conversationId), eq(members.userId, concerned.userId)),
    )
    .where(or(isNull(members.userId), isNotNull(users.suspendedAt)));
  return rows.map(({ callId, userId }) => ({ callId, trigger: { type: 'remove_member', userId } }));
}

/** Participations that a revoked sign-in holds, or is handing over. */
async function findRevokedParts({ db }: CallDeps): Promise<Due[]> {
  const rows = await db
    .select({ callId: participations.callId, userId: participations.userId, signInId: signIns.id })
    .from(participations)
    .innerJoin(
      signIns,
      or(eq(signIns.id, participations.signInId), eq(signIns.id, participations.movingFromSignInId)),
    )
    .where(and(isLivePart, isNotNull(signIns.revokedAt)));
  // Both sign-ins of one participation in one trigger, so that it does not go back to a revoked one.
  const signInIds = (userId: UserId) =>
    rows.filter((row) => row.userId === userId).map((row) => row.signInId);
  return rows.map(({ callId, userId }) => ({
    callId,
    trigger: { type: 'sign_out', userId, signInIds: signInIds(userId) },
  }));
}

/** Direct calls of two people with a block between them, and rings from one such person to the other. */
async function findBlocked({ db }: CallDeps): Promise<Due[]> {
  const [one, other] = [aliasedTable(members, 'one'), aliasedTable(members, 'other')];
  const direct = await db
    .select({ callId: calls.id, blockerId: blocks.blockerId, blockedId: blocks.blockedId })
    .from(calls)
    .innerJoin(conversations, eq(conversations.id, calls.conversationId))
    .innerJoin(one, eq(one.conversationId, conversations.id))
    .innerJoin(other, eq(other.conversationId, conversations.id))
    .innerJoin(blocks, and(eq(blocks.blockerId, one.userId), eq(blocks.blockedId, other.userId)))
    .where(and(isLiveCall, eq(conversations.kind, 'direct')));
  const ringing = await db
    .select({ callId: rings.callId, blockerId: blocks.blockerId, blockedId: blocks.blockedId })
    .from(rings)
    .innerJoin(
      blocks,
      or(
        and(eq(blocks.blockerId, rings.userId), eq(blocks.blockedId, rings.ringerId)),
        and(eq(blocks.blockerId, rings.ringerId), eq(blocks.blockedId, rings.userId)),
      ),
    )
    .where(isRunningRing);
  const due = (rows: typeof direct, isDirect: boolean) =>
    rows.map(({ callId, ...pair }): Due => ({ callId, trigger: { type: 'block', ...pair, isDirect } }));
  return [...due(direct, true), ...due(ringing, false)];
}

/** Rings with a window although their callee chose Do not disturb or muted the conversation. */
async function findLoudRings({ db }: CallDeps): Promise<Due[]> {
  const rows = await db
    .select({ callId: rings.callId, userId: rings.userId })
    .from(rings)
    .innerJoin(calls, eq(calls.id, rings.callId))
    .innerJoin(users, eq(users.id, rings.userId))
    .leftJoin(
      members,
      and(eq(members.conversationId, calls.conversationId), eq(members.userId, rings.userId)),
    )
    .where(
      and(
        isRunningRing,
        eq(rings.isQuiet, false),
        or(eq(users.doNotDisturb, true), eq(members.callsMuted, true)),
      ),
    );
  return rows.map(({ callId, userId }) => ({ callId, trigger: { type: 'quiet_ring', userId } }));
}
