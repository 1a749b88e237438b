import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { clockNow } from '../clock';
import type { KitState } from '../controller/kit-state';
import { firstKitState } from '../controller/kit-state';
import { useController } from '../controller-context';
import { subscribeToTick, tickTime } from './shared-tick';

/** A piece of the state; `select` must return something that keeps its identity while unchanged. */
export function useKitState<Piece>(select: (state: KitState) => Piece): Piece {
  const { kit } = useController();
  return useSyncExternalStore(
    kit.state.subscribe,
    () => select(kit.state.get()),
    () => select(firstKitState),
  );
}

/** These pieces of the state; the same object while each of them is the same. */
export function useKitPieces<Key extends keyof KitState>(keys: readonly Key[]): Pick<KitState, Key> {
  const last = useRef<KitState | null>(null);
  return useKitState((state) => {
    const before = last.current;
    if (before && keys.every((key) => Object.is(before[key], state[key]))) return before;
    last.current = state;
    return state;
  });
}

/** The kit's clock, renewed every `everyMs` milliseconds, for all components at once; null stands still. */
export function useNow(everyMs: number | null): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    if (everyMs === null) return;
    return subscribeToTick(everyMs, () => setTick((count) => count + 1));
  }, [everyMs]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new tick is the reason to look at the clock again
  return useMemo(() => (everyMs === null ? clockNow() : tickTime(everyMs)), [tick, everyMs]);
}
