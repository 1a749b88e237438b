/**
 * How a request for a Web Lock ended: held until released, stolen by another tab, given up by its signal, or
 * `refused` because the browser gives this page no locks (blocked storage, a sandboxed frame).
 */
export type LockEnd = 'released' | 'stolen' | 'given up' | 'refused';

/** Web Locks, as far as the kit uses them. */
export type Locks = Pick<LockManager, 'request'>;

/**
 * Holds a lock until the promise of `hold` resolves. Never rejects.
 *
 * @param how Waits until the signal aborts, or takes the lock from the tab that holds it.
 * @param hold Called once the lock is granted.
 */
export async function holdLock(
  locks: Locks,
  name: string,
  how: { signal: AbortSignal } | { steal: true },
  hold: () => Promise<void> | undefined,
): Promise<LockEnd> {
  let isGranted = false;
  try {
    await locks.request(name, how, () => {
      isGranted = true;
      return hold();
    });
    return 'released';
  } catch {
    if ('signal' in how && how.signal.aborted) return 'given up';
    return isGranted ? 'stolen' : 'refused';
  }
}

/** Opens a channel between the tabs of this browser; null where the browser has none or refuses it. */
export function openChannel(name: string): BroadcastChannel | null {
  try {
    return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  } catch {
    return null;
  }
}
