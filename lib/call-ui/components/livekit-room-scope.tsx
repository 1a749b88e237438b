import { RoomContext } from '@livekit/components-react';
import type { ReactNode } from 'react';
import { useKitState } from '../hooks/use-kit';

/**
 * Gives LiveKit's own components and hooks the room of this tab's call, as their `RoomContext`. Every surface that the
 * prefabs show has it around its slots; an app needs it around a surface of its own. Without a call there is no room.
 *
 * @example
 * <LiveKitRoomScope>{useLiveKitRoom() && <TrackToggle source={Track.Source.Microphone} />}</LiveKitRoomScope>
 */
export function LiveKitRoomScope({ children }: { children: ReactNode }) {
  const room = useKitState((state) => state.room?.liveKitRoom);
  return <RoomContext.Provider value={room}>{children}</RoomContext.Provider>;
}
