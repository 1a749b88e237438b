import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { vi } from 'vitest';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
const turn = setImmediate;

/**
 * Counts what stays: the entries of every Map and Set that is made from now on and still alive, wherever it is kept,
 * also in a closure. Undone by `vi.unstubAllGlobals`.
 */
export function trackCollections() {
  const made: WeakRef<{ readonly size: number }>[] = [];
  vi.stubGlobal(
    'Map',
    class<K, V> extends Map<K, V> {
      constructor(entries?: Iterable<readonly [K, V]> | null) {
        super(entries);
        made.push(new WeakRef(this));
      }
    },
  );
  vi.stubGlobal(
    'Set',
    class<T> extends Set<T> {
      constructor(values?: Iterable<T> | null) {
        super(values);
        made.push(new WeakRef(this));
      }
    },
  );
  return {
    async entries(): Promise<number> {
      // What was looked at through a WeakRef lives until its turn ends.
      await new Promise((done) => turn(done));
      collectGarbage();
      return made.reduce((sum, one) => sum + (one.deref()?.size ?? 0), 0);
    },
  };
}

/** How many entries arrays, Maps and Sets hold, everywhere inside a value. */
export function entriesIn(value: unknown, seen = new WeakSet<object>()): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  const isList = Array.isArray(value) || value instanceof Set;
  const inside: unknown[] =
    isList || value instanceof Map ? [...value.values()] : Object.values(value as Record<string, unknown>);
  const own = isList || value instanceof Map ? inside.length : 0;
  return inside.reduce<number>((sum, one) => sum + entriesIn(one, seen), own);
}

/** Every listener on the page's own targets that is added from now on and not taken away. */
export function trackListeners(...targets: EventTarget[]) {
  const held: { target: EventTarget; type: string; listener: unknown; capture: boolean }[] = [];
  const isCapture = (options: unknown) =>
    typeof options === 'object' ? Boolean(Reflect.get(options ?? {}, 'capture')) : options === true;
  for (const target of targets) {
    const add = target.addEventListener.bind(target);
    const remove = target.removeEventListener.bind(target);
    const find = (type: string, listener: unknown, capture: boolean) =>
      held.findIndex(
        (one) =>
          one.target === target && one.type === type && one.listener === listener && one.capture === capture,
      );
    vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
      const capture = isCapture(options);
      if (find(type, listener, capture) < 0) held.push({ target, type, listener, capture });
      add(type, listener, options);
    });
    vi.spyOn(target, 'removeEventListener').mockImplementation((type, listener, options) => {
      const index = find(type, listener, isCapture(options));
      if (index >= 0) held.splice(index, 1);
      remove(type, listener, options);
    });
  }
  return { types: () => held.map(({ type }) => type).sort() };
}
