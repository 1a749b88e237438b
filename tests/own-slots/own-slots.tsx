import {
  type CallComponentOverrides,
  CallToolbar,
  CallStage as DefaultStage,
  MiniCallBar,
  ParticipantTile,
} from '@parley/call-kit';
import { type ComponentType, lazy, Suspense } from 'react';

/** LiveKit's own components are loaded with the first slot that shows them; until then the kit's part stands there. */
const load = () => import('./livekit-slots');

function lazySlot<Props extends object>(
  pick: (slots: Awaited<ReturnType<typeof load>>) => ComponentType<Props>,
  Default: ComponentType<Props>,
): ComponentType<Props> {
  const Slot = lazy(async () => ({ default: pick(await load()) }));
  return (props: Props) => (
    <Suspense fallback={<Default {...props} />}>
      <Slot {...props} />
    </Suspense>
  );
}

export const ownSlots: CallComponentOverrides = {
  CallToolbar: lazySlot((slots) => slots.Toolbar, CallToolbar),
  ParticipantTile: lazySlot((slots) => slots.Tile, ParticipantTile),
  CallStage: lazySlot((slots) => slots.Stage, DefaultStage),
  MiniCallBar: lazySlot((slots) => slots.MiniBar, MiniCallBar),
};
