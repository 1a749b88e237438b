import {
  CallDock,
  CallStage,
  type Corner,
  type DockSize,
  useIsNarrow,
  useIsSideways,
  useWords,
} from '@parley/call-kit';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { dockHeight, dockRange } from '@/lib/call-ui/stage/dock-size';
import { PageAround } from './page-around';
import { nothing } from './people';
import { SceneToolbar } from './scene-toolbar';
import { sceneIn } from './scene-words';
import type { StageScene } from './stage-scenes';

const onResize = (listener: () => void) => {
  addEventListener('resize', listener);
  return () => removeEventListener('resize', listener);
};

/** A state of the stage in its page, or over all of it. */
export function SceneFrame({ scene, isFullAtFirst }: { scene: StageScene; isFullAtFirst: boolean }) {
  const [isFull, setFull] = useState(isFullAtFirst);
  const [focus, setFocus] = useState<string | null>(scene.focus ?? null);
  const [pinnedId, setPinned] = useState<string | null>(scene.pinnedId ?? null);
  const [corner, setCorner] = useState<Corner>('bottom-right');
  const [size, setSize] = useState<DockSize>(scene.isBar ? 'bar' : 'half');
  const windowHeight = useSyncExternalStore(onResize, () => innerHeight);
  const [isNarrow, isSideways] = [useIsNarrow(), useIsSideways()];
  const words = useWords();
  const { call, people, notices = [] } = useMemo(() => sceneIn(words, scene), [words, scene]);
  const hasPicture = people.some(({ camera, screen }) => camera !== null || screen !== null);
  const range = dockRange(windowHeight, hasPicture);
  const edge = {
    size,
    range,
    height: dockHeight(size, range),
    setSize: (next: DockSize | 'full') => (next === 'full' ? setFull(true) : setSize(next)),
  };
  const view = { focus, setFocus, pinnedId, setPinned, corner, setCorner };
  const isSharing = people.some(({ isSelf, screen }) => isSelf && screen !== null);
  const shared = {
    ...{ call, people, notices, view },
    toolbar: useMemo(() => <SceneToolbar people={scene.people} />, [scene]),
    stopSharing: isSharing ? nothing : null,
    openPictureInPicture: hasPicture ? nothing : null,
  };
  if (isFull) {
    const chat = { isOpen: false, toggle: nothing, unreadCount: 2, content: null };
    return <CallStage {...shared} {...{ isNarrow, isSideways, chat }} collapse={() => setFull(false)} />;
  }
  return (
    <PageAround title={call.title}>
      <CallDock {...shared} edge={edge} expand={() => setFull(true)} />
    </PageAround>
  );
}
