import {
  ConnectionQualityIndicator,
  isTrackReference,
  ParticipantTile as LiveKitParticipantTile,
  VideoTrack,
} from '@livekit/components-react';
import { ParticipantTile, type ParticipantTileProps } from '@parley/call-kit';
import { useLiveKitRoom } from '@parley/call-kit/livekit';
import { useGardener } from './garden';
import { Portrait } from './portrait';

/** LiveKit's own tile for who is in the call; the kit's for who still rings, for shared screens and for small tiles. */
export default function LiveKitTile(props: ParticipantTileProps) {
  const { participant, source, size } = props;
  const { id, displayName } = participant.person;
  const gardener = useGardener(id);
  const room = useLiveKitRoom();
  const ref = participant.trackRefs?.camera;
  const isLarge = size === 'tile' || size === 'dock';
  if (!room || !ref || source === 'screen' || !isLarge) return <ParticipantTile {...props} />;
  return (
    <LiveKitParticipantTile trackRef={ref}>
      {isTrackReference(ref) && participant.camera ? (
        <VideoTrack trackRef={ref} />
      ) : (
        <Portrait name={gardener?.name ?? displayName} size={80} />
      )}
      <p>
        {displayName}
        {gardener ? `, plot ${gardener.plot}` : ''} <ConnectionQualityIndicator />
      </p>
    </LiveKitParticipantTile>
  );
}
