import 'server-only';
import type { Store, Tx } from '@/db/store';

/**
 * The right to do what only one server process of a community does: judge deadlines, compare calls with LiveKit,
 * delete what is old. Another process may take it over at any moment; what counts is `require`.
 */
export type Lease = {
  /** Whether this process holds it as far as it knows; jobs begin only then. */
  isHeld(): boolean;
  /** @throws {LeaseLost} when another process has taken it over, as this transaction reads it */
  require(tx: Tx): Promise<void>;
};

/** This process was replaced while it worked: what it has found out may be old, and it writes none of it. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
  constructor() {
    super('another server has taken over the jobs');
  }
}

/** Of a community with one server process, which costs no statement. */
export const soleLease: Lease = { isHeld: () => true, require: async () => undefined };

/**
 * The same dependencies for a job: each of its transactions ends with the check, so that a process that stood still, or
 * waited for a lock, and was replaced meanwhile changes nothing when it goes on.
 */
export function underLease<T extends Pick<Store, 'transaction'>>(deps: T, lease: Lease): T {
  if (lease === soleLease) return deps;
  const transaction: Store['transaction'] = (work) =>
    deps.transaction(async (tx) => {
      const result = await work(tx);
      await lease.require(tx);
      return result;
    });
  return Object.assign(Object.create(deps) as T, { transaction });
}
