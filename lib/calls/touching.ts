import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLiveCall } from '@/db/conditions';
import type { Touched } from '@/db/lock-rows';
import { calls, participations, rings } from '@/db/schema';
import type { Readable, Tx } from '@/db/store';
import type { CallId, ConversationId, UserId } from '@/lib/ids';

/** Ids, or what looks them up at their turn; a store without locks never asks. */
type Ids<T> = readonly T[] | ((tx: Tx) => Promise<readonly T[]>);

/** What a unit names as touched (`inOneUnit`). */
export type Touches = {
  community?: boolean;
  calls?: Ids<CallId>;
  conversations?: Ids<ConversationId>;
  people?: Ids<UserId>;
};

/**
 * What a unit touches: the conversations of calls and others that it names, the people it names, and everyone who was
 * rung or entered in what lives in these conversations, because their presence and missed calls change with a call.
 */
export function touching(tx: Tx, { community = false, calls: callIds, ...named }: Touches): Touched {
  const find = async <T>(ids: Ids<T> = []) => (typeof ids === 'function' ? ids(tx) : ids);
  let conversationIds: readonly ConversationId[] = [];
  return {
    community,
    conversations: async () => {
      const ofCalls = await findConversationsOf(tx, await find(callIds));
      conversationIds = [...new Set([...ofCalls, ...(await find(named.conversations))])];
      return conversationIds;
    },
    people: async () => [...(await find(named.people)), ...(await findPeopleIn(tx, conversationIds))],
  };
}

async function findConversationsOf(q: Readable, callIds: readonly CallId[]): Promise<ConversationId[]> {
  const rows = await inChunks(callIds, (ids) =>
    q.select({ id: calls.conversationId }).from(calls).where(inArray(calls.id, ids)),
  );
  return rows.map((row) => row.id);
}

async function findPeopleIn(q: Readable, ids: readonly ConversationId[]): Promise<UserId[]> {
  const people: UserId[] = [];
  for (const table of [rings, participations]) {
    const rows = await inChunks(ids, (some) =>
      q
        .selectDistinct({ userId: table.userId })
        .from(table)
        .innerJoin(calls, eq(calls.id, table.callId))
        .where(and(inArray(calls.conversationId, some), isLiveCall)),
    );
    people.push(...rows.map((row) => row.userId));
  }
  return people;
}
