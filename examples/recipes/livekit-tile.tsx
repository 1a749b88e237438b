import { type CallComponentOverrides, ParticipantTile, type ParticipantTileProps } from '@parley/call-kit';
import { lazy, Suspense } from 'react';

/** A file of its own: LiveKit's components are loaded with the first tile, not with the page. */
const LiveKitTile = lazy(() => import('./livekit-tile-drawn'));

export const components: CallComponentOverrides = {
  ParticipantTile: (props: ParticipantTileProps) => (
    <Suspense fallback={<ParticipantTile {...props} />}>
      <LiveKitTile {...props} />
    </Suspense>
  ),
};
