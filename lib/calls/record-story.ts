import 'server-only';
import { and, eq, like } from 'drizzle-orm';
import { callTriggers } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { CallDeps, Deps } from '@/lib/deps';
import type { CallId, UserId } from '@/lib/ids';

/** Who noticed what a trigger says. */
export type Source = NonNullable<typeof callTriggers.$inferSelect.source>;
type Row = Pick<typeof callTriggers.$inferInsert, 'callId' | 'trigger' | 'userId' | 'outcome' | 'source'>;
type Looks = Map<CallId, { count: number; lastAt: number }>;

/** Records of one call without a change, at most: repeats must not fill the disk. */
const maxUnchanged = 200;
/** How a line begins that changed nothing; `npm run call` prints it as it is. */
export const noChange = 'no change: ';

// The timers and the routes have copies of this module each (lib/deps.ts): one count for all.
const kept = globalThis as typeof globalThis & { __parleyLooks?: WeakMap<object, Looks> };

function looksOf({ media }: Pick<Deps, 'media'>): Looks {
  kept.__parleyLooks ??= new WeakMap();
  const found = kept.__parleyLooks.get(media) ?? new Map();
  kept.__parleyLooks.set(media, found);
  return found;
}

/** The calls whose looks this transaction has recorded: they are forgotten once it is committed. */
const recorded = new WeakMap<Tx, Set<CallId>>();

function recordedIn(tx: Tx): Set<CallId> {
  const found = recorded.get(tx) ?? new Set();
  recorded.set(tx, found);
  return found;
}

/** After the commit of a change of this call. */
export function forgetLooks(deps: CallDeps, callId: CallId): void {
  looksOf(deps).delete(callId);
}

/** One line of the call's story (`npm run call`), in the transaction that made it true. */
export async function recordTransition(deps: CallDeps, tx: Tx, row: Row): Promise<void> {
  const { callId } = row;
  const looks = recordedIn(tx).has(callId) ? undefined : looksOf(deps).get(callId);
  recordedIn(tx).add(callId);
  // Excludes the current reconcile from the no-change count.
  const count = (looks?.count ?? 0) - (row.source === 'reconciler' ? 1 : 0);
  if (looks && count > 0) {
    const outcome = `${noChange}${count === 1 ? 'once' : `${count} times`}`;
    const looked = { callId, trigger: 'looked', userId: null, outcome, source: 'reconciler' } as const;
    await tx.insert(callTriggers).values({ ...looked, happenedAt: looks.lastAt });
  }
  await tx.insert(callTriggers).values({ ...row, happenedAt: deps.clock.wallNow() });
}

/** A webhook that was taken and changed nothing, and why; beyond the first 200 of a call they are not recorded. */
export async function recordWebhook(
  deps: CallDeps,
  tx: Tx,
  webhook: { callId: CallId; userId: UserId; type: string },
  why: string,
): Promise<void> {
  const { callId, userId, type: trigger } = webhook;
  const recorded = await tx.$count(
    callTriggers,
    and(eq(callTriggers.callId, callId), like(callTriggers.outcome, `${noChange}%`)),
  );
  if (recorded >= maxUnchanged) return;
  const row = { callId, trigger, userId, outcome: `${noChange}${why}`, source: 'webhook' } as const;
  await tx.insert(callTriggers).values({ ...row, happenedAt: deps.clock.wallNow() });
}

/**
 * Counts a reconcile of this call. It is only counted, because that happens every four seconds, and recorded with
 * the next change: the end at the latest.
 */
export function countLook(deps: CallDeps, callId: CallId): void {
  const looks = looksOf(deps);
  looks.set(callId, { count: (looks.get(callId)?.count ?? 0) + 1, lastAt: deps.clock.wallNow() });
}
