'use client';
import { memo } from 'react';
import { useSlot } from '../slot-context';
import type { ParticipantTileProps } from '../slots';
import { ParticipantTile } from './participant-tile';

/** The tile of one person, the app's own or the default one: drawn anew only when that person has changed. */
export const SteadyTile = memo(function SteadyTile(props: ParticipantTileProps) {
  const Tile = useSlot('ParticipantTile', ParticipantTile);
  return <Tile {...props} />;
});
