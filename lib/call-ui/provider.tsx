'use client';

import { useEffect } from 'react';
import { loadCallParts, loadCallPartsWhenIdle } from './components/load-call-parts';
import { KitProvider, type KitProviderProps } from './kit-provider';
import { SlotContext } from './slot-context';
import type { CallComponentOverrides } from './slots';

/** Where calls come from, who is signed in, and what the app replaces. */
export type CallProviderProps = KitProviderProps & {
  /** Parts to replace or, with `null`, to hide. Default: Parley's own. */
  components?: CallComponentOverrides;
};

/**
 * Holds the calls of one signed-in person; everything else of the kit stands inside it.
 *
 * @example
 * <CallProvider client={client} events={events} self={me} openConversation={(id) => router.push(`/messages/${id}`)}>
 *   <App />
 *   <CallOverlay />
 * </CallProvider>
 */
export function CallProvider({ components = noOverrides, ...props }: CallProviderProps) {
  useEffect(() => loadCallPartsWhenIdle(), []);
  return (
    <SlotContext.Provider value={components}>
      <KitProvider {...props} loadInCall={loadCallParts} />
    </SlotContext.Provider>
  );
}

const noOverrides: CallComponentOverrides = {};
