'use client';

import { useState } from 'react';
import { CallBoundary } from '../call-boundary';
import { GesturesMenu } from '../components/gestures-menu';
import { GesturesShown } from '../components/gestures-shown';
import { SoundCheckPanel } from '../components/sound-check-panel';
import { useCallControls } from '../hooks/use-call-controls';
import { useGestures } from '../hooks/use-gestures';
import { useLevel } from '../hooks/use-level';
import { useSoundCheck } from '../hooks/use-sound-check';
import { useSoundCheckToggle } from '../hooks/use-sound-check-toggle';

/** The menu of the toolbar with reactions and the hand. */
export function Gestures() {
  const { hands: _hands, reactions: _reactions, ...menu } = useGestures();
  const { camera } = useCallControls();
  return <GesturesMenu {...menu} isDisabled={camera.buttonProps.disabled === true} />;
}

/** What floats above the controls: raised hands, reactions, the sound check. */
export function AboveControls() {
  const { hands, reactions } = useGestures();
  const { isOpen } = useSoundCheckToggle();
  return (
    <>
      <GesturesShown hands={hands} reactions={reactions} />
      {isOpen ? (
        <CallBoundary>
          <SoundCheck />
        </CallBoundary>
      ) : null}
    </>
  );
}

function SoundCheck() {
  const check = useSoundCheck();
  const { subscribeLevel } = useLevel();
  const [container, setContainer] = useState<HTMLDivElement | null>(null);
  return (
    <div ref={setContainer}>
      {check && container ? <SoundCheckPanel {...check} {...{ subscribeLevel, container }} /> : null}
    </div>
  );
}
