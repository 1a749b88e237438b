import { useMemo, useSyncExternalStore } from 'react';
import { useController } from '../controller-context';
import { changePreferences, saveDockSize } from '../preferences';
import { dockHeight, dockRange } from '../stage/dock-size';
import type { DockEdge, StageView } from '../view-models';
import { useCallPlace } from './use-call-place';
import { useCallPreferences } from './use-call-preferences';
import { useKitState } from './use-kit';

/**
 * What is large, first and moved on the stage of this tab's call.
 *
 * @example
 * const view = useStageView();
 * return <CallStage {...props} view={view} />;
 */
export function useStageView(): StageView {
  const { kit } = useController();
  const focus = useKitState((state) => state.focus);
  const pinnedId = useKitState((state) => state.pinnedId);
  const { selfCorner: corner } = useCallPreferences().preferences;
  return useMemo(
    () => ({
      focus,
      setFocus: kit.place.setFocus,
      pinnedId,
      setPinned: kit.place.setPinned,
      corner,
      setCorner: (selfCorner) => changePreferences({ selfCorner }),
    }),
    [kit, focus, pinnedId, corner],
  );
}

function subscribeToHeight(listener: () => void): () => void {
  globalThis.addEventListener?.('resize', listener);
  return () => globalThis.removeEventListener?.('resize', listener);
}

/**
 * The height of the docked call: as much as is shown needs, or what the person gave it in this conversation.
 *
 * @example
 * const { height } = useDockEdge();
 */
export function useDockEdge(): DockEdge {
  const { expand } = useCallPlace();
  const windowHeight = useSyncExternalStore(
    subscribeToHeight,
    () => globalThis.innerHeight,
    () => 800,
  );
  const hasPicture = useKitState(({ room }) =>
    [...(room?.people.values() ?? [])].some(({ camera, screen }) => camera !== null || screen !== null),
  );
  const conversationId = useKitState(({ entry }) => entry?.label.conversationId ?? null);
  const { dockSizes } = useCallPreferences().preferences;
  const size = dockSizes[conversationId ?? ''] ?? 'half';
  return useMemo(() => {
    const range = dockRange(windowHeight, hasPicture);
    return {
      size,
      height: dockHeight(size, range),
      range,
      setSize: (next) => {
        if (next === 'full') expand();
        else if (conversationId !== null) saveDockSize(conversationId, next);
      },
    };
  }, [windowHeight, hasPicture, conversationId, size, expand]);
}
