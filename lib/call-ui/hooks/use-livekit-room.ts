import { useMaybeRoomContext } from '@livekit/components-react';
import type { Participant, Room } from 'livekit-client';
import { useKitState } from './use-kit';

/**
 * LiveKit's room of this tab's call, inside a slot of a call; null while there is none yet, where LiveKit's own
 * components would throw.
 *
 * @example
 * const room = useLiveKitRoom();
 * return room ? <TrackToggle source={Track.Source.Microphone} /> : <ParticipantTile {...props} />;
 */
export function useLiveKitRoom(): Room | null {
  return useMaybeRoomContext() ?? null;
}

/**
 * LiveKit's participant for a person of this tab's call; null until they are connected to the media. Of two devices of
 * theirs, between which the call moves, the one whose camera is shown, else the newer.
 *
 * @example
 * const participant = useParticipant(userId);
 * return participant && <ConnectionQualityIndicator participant={participant} />;
 */
export function useParticipant(userId: string): Participant | null {
  return useKitState(({ room }) => room?.people.get(userId)?.trackRefs?.camera.participant ?? null);
}
