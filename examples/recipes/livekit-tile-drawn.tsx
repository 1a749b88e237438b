import { ConnectionQualityIndicator, isTrackReference, VideoTrack } from '@livekit/components-react';
import { ParticipantTile, type ParticipantTileProps } from '@parley/call-kit';
import { useLiveKitRoom } from '@parley/call-kit/livekit';

/** A picture and its connection as LiveKit draws them; Parley's tile where there is no picture. */
export default function LiveKitTile(props: ParticipantTileProps) {
  const { participant, source } = props;
  const room = useLiveKitRoom();
  const ref = participant.trackRefs?.[source];
  if (!room || !ref || !isTrackReference(ref) || !participant[source]) return <ParticipantTile {...props} />;
  return (
    <figure>
      <VideoTrack trackRef={ref} aria-label={`Picture of ${participant.person.displayName}`} />
      <ConnectionQualityIndicator participant={ref.participant} />
    </figure>
  );
}
