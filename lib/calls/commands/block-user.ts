import 'server-only';
import { and, eq, exists, inArray, or, sql } from 'drizzle-orm';
import { isLiveCall, isRunningRing } from '@/db/conditions';
import { calls, conversations, rings } from '@/db/schema';
import type { Tx } from '@/db/store';
import { removeCallBack } from '@/lib/conversations/call-back';
import { directPairOf } from '@/lib/conversations/direct-pair';
import { findDirect } from '@/lib/conversations/open-direct';
import type { CallDeps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import { saveBlock } from '@/lib/users/block';
import type { Touches } from '../touching';
import { inOneUnit, type Unit } from '../unit-of-work';

/**
 * **Block**: from the commit on no direct message, call or group ring passes between the two, and a direct call or
 * a running ring between them has ended. Blocking twice changes nothing.
 *
 * @throws {AppError} invalid_input — the blocker is the blocked; not_found — unknown person
 */
export async function blockUser(deps: CallDeps, blockerId: UserId, blockedId: UserId): Promise<void> {
  await inOneUnit(deps, touchedByBlock(blockerId, blockedId), async (unit) => {
    await saveBlock(unit.tx, deps.clock.wallNow(), blockerId, blockedId);
    unit.wake([blockerId], { users: [blockedId] });
    await endBetween(unit, blockerId, blockedId);
    await forgetCallBack(unit, blockerId, blockedId);
  });
}

/** The blocked person reads what they would read if the other had dropped it. */
async function forgetCallBack({ tx, wake }: Unit, blockerId: UserId, blockedId: UserId): Promise<void> {
  const direct = await findDirect(tx, blockerId, blockedId);
  if (direct && (await removeCallBack(tx, direct))) wake([blockerId, blockedId], { conversations: [direct] });
}

async function endBetween({ tx, apply }: Unit, blockerId: UserId, blockedId: UserId): Promise<void> {
  for (const { id, kind } of await findBetween(tx, blockerId, blockedId))
    await apply(id, { type: 'block', blockerId, blockedId, isDirect: kind === 'direct' });
}

function touchedByBlock(one: UserId, other: UserId): Touches {
  return {
    calls: async (tx) => (await findBetween(tx, one, other)).map((call) => call.id),
    conversations: async (tx) => {
      const direct = await findDirect(tx, one, other);
      return direct ? [direct] : [];
    },
    people: [one, other],
  };
}

/** The live calls that are the two people's own, or in which one rings the other. */
async function findBetween(tx: Tx, blockerId: UserId, blockedId: UserId) {
  const pair = [blockerId, blockedId];
  const betweenThem = tx
    .select({ one: sql`1` })
    .from(rings)
    .where(
      and(
        eq(rings.callId, calls.id),
        isRunningRing,
        inArray(rings.userId, pair),
        inArray(rings.ringerId, pair),
      ),
    );
  // Not a join with what is distinct of it: SQLite would go through every call there ever was.
  return tx
    .select({ id: calls.id, kind: conversations.kind })
    .from(calls)
    .innerJoin(conversations, eq(conversations.id, calls.conversationId))
    .where(
      and(
        isLiveCall,
        or(eq(conversations.directPair, directPairOf(blockerId, blockedId)), exists(betweenThem)),
      ),
    );
}
