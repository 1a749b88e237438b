import { type ReactNode, useContext } from 'react';
import { useKitState } from '../hooks/use-kit';
import { hasOwnParts, SlotContext } from '../slot-context';
import { createChunk, useChunk } from './create-chunk';

/** Loads LiveKit's own components with it: never part of a page's first load. */
const chunk = createChunk(() => import('./room-context'));

/** Loads the context beside the media, so that a surface is mounted inside it from the start. */
export const loadRoomScope = chunk.loadQuietly;

/**
 * Lets LiveKit's own components work in the slots of a surface of the call, as `LiveKitRoomScope` does. Kit parts need
 * no scope: an app that fills no slot neither loads it nor has its surfaces mounted anew when it comes.
 */
export function RoomScope({ children }: { children: ReactNode }) {
  const isNeeded = hasOwnParts(useContext(SlotContext));
  const room = useKitState((state) => state.room?.liveKitRoom);
  const parts = useChunk(chunk, isNeeded && room !== undefined);
  if (!isNeeded || !parts) return children;
  return <parts.RoomContext.Provider value={room}>{children}</parts.RoomContext.Provider>;
}
