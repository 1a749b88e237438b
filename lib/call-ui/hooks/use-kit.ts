import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { clockNow } from '../clock';
import type { KitState } from '../controller/kit-state';
import { firstKitState } from '../controller/kit-state';
import { useController } from '../provider';

/** A piece of the state; `select` must return something that keeps its identity while unchanged. */
export function useKitState<Piece>(select: (state: KitState) => Piece): Piece {
  const { kit } = useController();
  return useSyncExternalStore(
    kit.subscribe,
    () => select(kit.get()),
    () => select(firstKitState),
  );
}

/** Several pieces of the state; the same array while each of them is. */
export function useKitPieces<const Pieces extends readonly unknown[]>(
  select: (state: KitState) => Pieces,
): Pieces {
  const last = useRef<Pieces | null>(null);
  return useKitState((state) => {
    const pieces = select(state);
    const isSame = last.current?.every((piece, index) => Object.is(piece, pieces[index]));
    if (!isSame || last.current === null) last.current = pieces;
    return last.current;
  });
}

const everything = (state: KitState) => state;
/** The whole state, for hooks that show most of it. */
export const useWholeState = () => useKitState(everything);

/** The kit's clock, renewed every `everyMs` milliseconds; null stands still. */
export function useNow(everyMs: number | null): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => setTick((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new tick is the reason to look at the clock again
  return useMemo(() => clockNow(), [tick, everyMs]);
}
