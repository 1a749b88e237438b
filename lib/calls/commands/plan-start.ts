import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { conversations, members, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import { directPairOf } from '@/lib/conversations/direct-pair';
import { readMemberIds } from '@/lib/conversations/membership';
import { AppError, say } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';
import type { Call } from '../model/call';
import { mayRing, type RingVerdict } from '../model/may-ring';
import { loadLiveCallIn } from '../reads/load-call';
import { readRingFacts } from '../reads/read-ring-facts';
import { readRingLimits, tooManyRings } from './ring-limits';

export type StartTarget = { conversationId: ConversationId } | { userId: UserId };

/** What a start would do. `conversationId` null: the direct conversation is made with the call. */
export type StartPlan = {
  kind: 'start';
  conversationId: ConversationId | null;
  isDirect: boolean;
  calleeId: UserId | null;
  callees: { userId: UserId; verdict: RingVerdict }[];
};
export type JoinPlan = { kind: 'join'; live: Call };

/**
 * Decides what a start by `callerId` may do, without doing it; asked once before LiveKit is
 * bothered and once more inside the transaction. Throws AppError: not_found, invalid_input,
 * not_allowed (the same for every reason), rate_limited.
 */
export async function planStart(
  q: Readable,
  callerId: UserId,
  target: StartTarget,
  now: number,
): Promise<StartPlan | JoinPlan> {
  const conversation =
    'userId' in target
      ? await findDirect(q, callerId, target.userId)
      : await findMine(q, callerId, target.conversationId);
  if (conversation.id) {
    const live = await loadLiveCallIn(q, conversation.id);
    if (live) return { kind: 'join', live };
  }
  const calleeIds =
    'userId' in target
      ? [target.userId]
      : (await readMemberIds(q, target.conversationId)).filter((id) => id !== callerId);
  if (calleeIds.length === 0) throw new AppError('invalid_input', 'server.nobodyElse');

  const facts = await readRingFacts(q, callerId, calleeIds, conversation);
  const verdicts = calleeIds.map((userId) => {
    const about = facts.get(userId);
    return { userId, verdict: about ? mayRing(about) : ('refuse' as const) };
  });
  if (verdicts.every(({ verdict }) => verdict === 'refuse')) throw await refusal(q, calleeIds);

  const limits = await readRingLimits(q, callerId, now);
  if (limits.callerWaitMs > 0) throw tooManyRings(limits.callerWaitMs);
  const callees = verdicts.filter(
    ({ userId, verdict }) => verdict === 'refuse' || limits.pairWaitMs(userId) === 0,
  );
  if (callees.every(({ verdict }) => verdict === 'refuse')) {
    const waitsMs = verdicts.map(({ userId }) => limits.pairWaitMs(userId)).filter((waitMs) => waitMs > 0);
    throw tooManyRings(Math.min(...waitsMs));
  }
  return {
    kind: 'start',
    conversationId: conversation.id,
    isDirect: conversation.kind === 'direct',
    calleeId: 'userId' in target ? target.userId : null,
    callees,
  };
}

/** One sentence for every reason, naming the person: it must not reveal which reason. */
export async function refusal(q: Readable, calleeIds: readonly UserId[]): Promise<AppError> {
  const [only, ...others] = calleeIds;
  if (!only || others.length > 0) return new AppError('not_allowed', 'server.cantCallGroup');
  const [person] = await q.select({ name: users.displayName }).from(users).where(eq(users.id, only));
  return new AppError(
    'not_allowed',
    person ? say('server.cantCall', { name: person.name }) : 'server.cantCallPerson',
  );
}

async function findMine(q: Readable, userId: UserId, id: ConversationId) {
  const [row] = await q
    .select({ id: conversations.id, kind: conversations.kind })
    .from(conversations)
    .innerJoin(members, and(eq(members.conversationId, conversations.id), eq(members.userId, userId)))
    .where(eq(conversations.id, id));
  if (!row) throw new AppError('not_found', 'server.noSuchConversation');
  if (row.kind === 'channel') throw new AppError('invalid_input', 'server.channelsHaveNoCalls');
  return row;
}

async function findDirect(q: Readable, callerId: UserId, userId: UserId) {
  if (callerId === userId) throw new AppError('invalid_input', 'server.cantCallYourself');
  const [person] = await q
    .select({ conversationId: conversations.id })
    .from(users)
    .leftJoin(conversations, eq(conversations.directPair, directPairOf(callerId, userId)))
    .where(and(eq(users.id, userId), isNull(users.suspendedAt)));
  if (!person) throw new AppError('not_found', 'server.noSuchPerson');
  return { id: person.conversationId, kind: 'direct' as const };
}
