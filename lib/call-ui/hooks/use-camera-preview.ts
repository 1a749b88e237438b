import { useEffect, useState } from 'react';
import { problemWords } from '../media/device-problem';
import { requestCamera } from '../media/request-camera';
import { isUserFacing } from '../media/user-facing';
import type { CameraPreviewState } from '../view-models';
import { useCallPreferences } from './use-call-preferences';

/**
 * What others would see of this person; the chosen camera is open exactly as long as the preview is on.
 *
 * @example
 * const { isOn, toggle, source } = useCameraPreview();
 * return <button onClick={toggle}>{isOn ? 'Hide preview' : 'Show preview'}</button>;
 */
export function useCameraPreview(): CameraPreviewState {
  const { cameraId } = useCallPreferences().preferences;
  const [isOn, setOn] = useState(false);
  const [shown, setShown] = useState<Pick<CameraPreviewState, 'source' | 'problem'>>(nothing);

  useEffect(() => {
    if (!isOn) return;
    let isOver = false;
    let track: MediaStreamTrack | null = null;
    void requestCamera(cameraId).then((answer) => {
      if ('problem' in answer) {
        if (isOver) return;
        setShown({ source: null, problem: problemWords('camera', answer.problem) });
        setOn(false);
      } else if (isOver) answer.track.stop();
      else {
        track = answer.track;
        setShown({ source: sourceOf(track), problem: null });
      }
    });
    return () => {
      isOver = true;
      track?.stop();
      setShown((now) => (now.source ? nothing : now));
    };
  }, [isOn, cameraId]);

  const toggle = () => {
    setShown(nothing);
    setOn(!isOn);
  };
  return { isOn, toggle, ...shown };
}

const nothing = { source: null, problem: null };

function sourceOf(track: MediaStreamTrack): CameraPreviewState['source'] {
  const stream = new MediaStream([track]);
  return {
    id: track.id,
    attach: (element) => {
      element.srcObject = stream;
    },
    detach: (element) => {
      element.srcObject = null;
    },
    isMirrored: isUserFacing(track),
  };
}
