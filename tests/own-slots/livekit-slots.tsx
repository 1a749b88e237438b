import {
  BarVisualizer,
  ConnectionQualityIndicator,
  DisconnectButton,
  FocusLayout,
  GridLayout,
  isTrackReference,
  ParticipantTile as LiveKitTile,
  TrackToggle,
  useSpeakingParticipants,
  useTracks,
  VideoTrack,
} from '@livekit/components-react';
import {
  type CallStageProps,
  CallToolbar,
  type CallToolbarProps,
  CallStage as DefaultStage,
  MiniCallBar,
  type MiniCallBarProps,
  ParticipantTile,
  type ParticipantTileProps,
} from '@parley/call-kit';
import { useLiveKitRoom, useParticipant } from '@parley/call-kit/livekit';
import { type Room, Track } from 'livekit-client';
import { useEffect, useState } from 'react';

declare global {
  /** The room as an extension of this app would use it. */
  var liveKitRoom: Room | null;
}

const { Microphone, Camera } = Track.Source;

export function Toolbar(props: CallToolbarProps) {
  const room = useLiveKitRoom();
  useEffect(() => {
    globalThis.liveKitRoom = room;
  }, [room]);
  return (
    <>
      <CallToolbar {...props} />
      {room ? <Row /> : null}
    </>
  );
}

function Row() {
  const speaking = useSpeakingParticipants();
  return (
    <fieldset aria-label="LiveKit">
      <TrackToggle source={Microphone}>LiveKit microphone</TrackToggle>
      <TrackToggle source={Camera}>LiveKit camera</TrackToggle>
      <DisconnectButton>LiveKit disconnect</DisconnectButton>
      <output aria-label="Speaking">{speaking.map(({ identity }) => identity).join(' ')}</output>
    </fieldset>
  );
}

/** The viewer's own tile as LiveKit draws it, and the others' of its smaller parts. */
export function Tile(props: ParticipantTileProps) {
  const { participant, source } = props;
  const room = useLiveKitRoom();
  const liveKitParticipant = useParticipant(participant.person.id);
  const ref = participant.trackRefs?.[source];
  if (!room || !ref || !liveKitParticipant) return <ParticipantTile {...props} />;
  if (participant.isSelf) return <LiveKitTile trackRef={ref} disableSpeakingIndicator />;
  return (
    <div>
      {isTrackReference(ref) ? <VideoTrack trackRef={ref} style={{ width: 200 }} /> : 'No picture'}
      <ConnectionQualityIndicator participant={liveKitParticipant} />
      {participant.trackRefs && isTrackReference(participant.trackRefs.microphone) ? (
        <BarVisualizer track={participant.trackRefs.microphone} barCount={3} style={{ height: 40 }} />
      ) : null}
    </div>
  );
}

export function Stage(props: CallStageProps) {
  return useLiveKitRoom() ? <LiveKitStage {...props} /> : <DefaultStage {...props} />;
}

function LiveKitStage({ call, toolbar, collapse }: CallStageProps) {
  const tracks = useTracks([{ source: Camera, withPlaceholder: true }]);
  const [isFocused, setFocused] = useState(false);
  const focus = tracks.find(({ participant }) => !participant.isLocal);
  return (
    <section aria-label="Call" data-call-phase={call.phase} style={{ position: 'fixed', inset: 0 }}>
      <div style={{ width: 640, height: 360, overflow: 'hidden' }}>
        {isFocused && focus ? (
          <FocusLayout trackRef={focus} />
        ) : (
          <GridLayout tracks={tracks} style={{ height: '100%' }}>
            <LiveKitTile />
          </GridLayout>
        )}
      </div>
      <button type="button" onClick={() => setFocused(!isFocused)}>
        Change layout
      </button>
      <button type="button" onClick={collapse}>
        Smaller
      </button>
      {toolbar}
    </section>
  );
}

export function MiniBar(props: MiniCallBarProps) {
  const room = useLiveKitRoom();
  return (
    <>
      <MiniCallBar {...props} />
      {room ? <TrackToggle source={Microphone}>LiveKit microphone</TrackToggle> : null}
    </>
  );
}
