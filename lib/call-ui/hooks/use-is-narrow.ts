import { useSyncExternalStore } from 'react';

function watch(query: string) {
  const matches = () => globalThis.matchMedia?.(query)?.matches ?? false;
  const subscribe = (listener: () => void) => {
    const media = globalThis.matchMedia?.(query);
    media?.addEventListener('change', listener);
    return () => media?.removeEventListener('change', listener);
  };
  return { matches, subscribe };
}

const narrow = watch('(max-width: 767.98px)');
const sideways = watch('(max-height: 560px) and (min-aspect-ratio: 6/5)');

/** The same outside React. */
export const isNarrowNow = narrow.matches;

/**
 * True on a phone's layout (below 768 px). On the server: false.
 *
 * @example
 * const size = useIsNarrow() ? 'sheet' : 'window';
 */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(narrow.subscribe, narrow.matches, () => false);
}

/**
 * True on a phone held sideways and in a window as low, where controls stand beside the people. On the server: false.
 *
 * @example
 * const isSideways = useIsSideways();
 */
export function useIsSideways(): boolean {
  return useSyncExternalStore(sideways.subscribe, sideways.matches, () => false);
}
