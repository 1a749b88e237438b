import 'server-only';

/** Locks rows of one table until the transaction ends, in the order of the ids; they come sorted, each once. */
export type Locker = (
  table: 'community' | 'conversations' | 'users',
  ids: readonly string[],
) => Promise<void>;

const lent = new WeakMap<object, { lock: Locker; held: Set<string> }>();

/** The store's part: this transaction locks by `lock`. One without runs alone and needs no locks. */
export function lendLocker(tx: object, lock: Locker): void {
  lent.set(tx, { lock, held: new Set() });
}

/** How a transaction locks, and the ids of what it has locked; nothing for one that runs alone. */
export const locksOf = (tx: object) => lent.get(tx);
