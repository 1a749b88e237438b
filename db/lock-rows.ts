import 'server-only';
import type { ConversationId, UserId } from '@/lib/ids';
import { type Locker, locksOf } from './locker';
import type { Tx } from './store';

type Ids<T> = readonly T[] | (() => Promise<readonly T[]>);

/** What a transaction touches, so that no other one changes it meanwhile (docs/decisions/056). */
export type Touched = {
  /** What is one of a kind in the community: its settings, numbers that are dealt, channels and who is in all of them. */
  community?: boolean;
  /** Each with its members, messages and live call. */
  conversations?: Ids<ConversationId>;
  /** Each with their settings, blocks, sign-ins, memberships, the one call that they are in and the rings they started. */
  people?: Ids<UserId>;
};

/**
 * Locks what a transaction touches, before it reads what it decides by: the community first, then conversations, then
 * people, each in the order of ids, so that no two transactions wait for one another. On SQLite nothing runs, not even
 * the reads that look up ids.
 *
 * A function looks ids up at its turn: people once the conversations are locked, so that nothing in these changes any
 * more. What it could not know, because it changed between the look and the lock, ends in `LocksOutgrown`.
 */
export async function lockRows(tx: Tx, { community, conversations, people }: Touched): Promise<void> {
  const locks = locksOf(tx);
  if (!locks) return;
  const lock = async (table: Parameters<Locker>[0], ids: Ids<string> = []) => {
    const sorted = [...new Set(typeof ids === 'function' ? await ids() : ids)].sort();
    if (sorted.length > 0) await locks.lock(table, sorted);
    for (const id of sorted) locks.held.add(id);
  };
  if (community) await lock('community', ['1']);
  await lock('conversations', conversations);
  await lock('users', people);
}

/** A row that this transaction has inserted is its own until it ends. */
export function noteInserted(tx: Tx, id: ConversationId): void {
  locksOf(tx)?.held.add(id);
}

/**
 * Refuses to change what is not locked. A store that locks runs the transaction anew, as after a failed
 * serialisation: `lockRows` then finds what came in between.
 *
 * @throws {LocksOutgrown} never where transactions run one at a time
 */
export function requireLocked(tx: Tx, ids: readonly string[]): void {
  const held = locksOf(tx)?.held;
  const missing = held ? ids.filter((id) => !held.has(id)) : [];
  if (missing.length > 0) throw new LocksOutgrown(missing);
}

/** A transaction came upon more than it had locked: it has to run again. */
export class LocksOutgrown extends Error {
  /** As PostgreSQL says it of a failed serialisation. */
  readonly code = '40001';
  constructor(ids: readonly string[]) {
    super(`not locked: ${ids.join(', ')}`);
  }
}
