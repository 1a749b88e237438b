import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Locker, lendLocker } from './locker';
import type { Db, Tx } from './store';

const inside = new AsyncLocalStorage<{ open: boolean }>();

/** Passes a transaction to `work`; using it after `work` has finished throws. */
export async function lend<T>(target: object, work: (tx: Tx) => Promise<T>, lock?: Locker): Promise<T> {
  const { proxy, revoke } = Proxy.revocable(target, {});
  const scope = { open: true };
  if (lock) lendLocker(proxy as Tx, lock);
  try {
    return await inside.run(scope, () => work(proxy as Tx));
  } finally {
    scope.open = false;
    revoke();
  }
}

/** Refuses reads through `db` inside a transaction: they would miss what the transaction wrote. */
export function outside(target: object): Db {
  return new Proxy(target, {
    get(of, key) {
      if (inside.getStore()?.open) throw new Error('inside a transaction read through tx');
      return Reflect.get(of, key, of);
    },
  }) as Db;
}

/** Refuses a transaction inside another: it would wait for it. */
export function refuseNested(): void {
  if (inside.getStore()?.open) throw new Error('transaction() inside transaction(): pass tx down');
}
