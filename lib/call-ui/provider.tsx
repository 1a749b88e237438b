'use client';

import { useEffect, useRef, useState } from 'react';
import { loadCallParts, loadCallPartsWhenIdle } from './components/load-call-parts';
import { loadRoomScope } from './components/room-scope';
import { KitProvider, type KitProviderProps, loadLiveKit } from './kit-provider';
import { Ringing } from './ringing';
import { hasOwnParts, SlotContext } from './slot-context';
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
  const latest = useRef(components);
  useEffect(() => {
    latest.current = components;
  });
  const [loadMedia] = useState(() => {
    const load = () => {
      if (hasOwnParts(latest.current)) loadRoomScope();
      return loadLiveKit();
    };
    return Object.assign(load, { preconnects: loadLiveKit.preconnects });
  });
  useEffect(() => loadCallPartsWhenIdle(), []);
  return (
    <SlotContext.Provider value={components}>
      <KitProvider {...{ loadMedia, ...props }} loadInCall={loadCallParts}>
        {props.children}
        <Ringing />
      </KitProvider>
    </SlotContext.Provider>
  );
}

const noOverrides: CallComponentOverrides = {};
