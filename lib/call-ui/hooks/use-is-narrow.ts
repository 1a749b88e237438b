import { useSyncExternalStore } from 'react';

const query = '(max-width: 767.98px)';

function subscribe(listener: () => void): () => void {
  const media = globalThis.matchMedia?.(query);
  media?.addEventListener('change', listener);
  return () => media?.removeEventListener('change', listener);
}

/** The same outside React. */
export function isNarrowNow(): boolean {
  return globalThis.matchMedia?.(query)?.matches ?? false;
}

/**
 * True on a phone's layout (below 768 px). On the server: false.
 *
 * @example
 * const size = useIsNarrow() ? 'sheet' : 'window';
 */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, isNarrowNow, () => false);
}
