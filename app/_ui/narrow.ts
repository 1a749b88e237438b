'use client';

import { useSyncExternalStore } from 'react';

function useMedia(query: string, onServer: boolean): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
    () => onServer,
  );
}

/** Under 768 px: one pane at a time, sheets instead of popovers. */
export const useIsNarrow = () => useMedia('(max-width: 767.98px)', false);
/** Room for the members beside a conversation. */
export const useHasMembersRoom = () => useMedia('(min-width: 1120px)', true);

const never = () => () => undefined;
/** False while React hydrates the server's markup: what depends on this device's clock or time zone waits for it. */
export const useIsHydrated = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
