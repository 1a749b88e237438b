import { useEffect, useState } from 'react';
import { blurWords } from '../media/blur-problem';
import { problemWords } from '../media/device-problem';
import { loadBlur } from '../media/load-blur';
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
  const { cameraId, isBackgroundBlurred } = useCallPreferences().preferences;
  const [isOn, setOn] = useState(false);
  const [shown, setShown] = useState<Pick<CameraPreviewState, 'source' | 'problem'>>(nothing);

  useEffect(() => {
    if (!isOn) return;
    let isOver = false;
    let stop = () => {};
    const fail = (problem: string) => {
      if (isOver) return;
      setShown({ source: null, problem });
      setOn(false);
    };

    async function open() {
      const answer = await requestCamera(cameraId);
      if ('problem' in answer) {
        fail(problemWords('camera', answer.problem));
        return;
      }
      const camera = answer.track;
      stop = () => camera.stop();
      if (isOver) {
        stop();
        return;
      }
      const shown = isBackgroundBlurred ? await blur(camera) : camera;
      if (shown && !isOver) setShown({ source: sourceOf(shown, camera), problem: null });
    }

    /** What a call would send of it; null when that is nothing. */
    async function blur(camera: MediaStreamTrack): Promise<MediaStreamTrack | null> {
      try {
        const { blurCamera } = await loadBlur();
        const blurred = await blurCamera(camera, (problem) => fail(blurWords[problem]));
        const stopCamera = stop;
        stop = () => {
          blurred.stop();
          stopCamera();
        };
        if (isOver) stop();
        return blurred.track;
      } catch {
        fail(blurWords.unavailable);
        return null;
      }
    }

    void open();
    return () => {
      isOver = true;
      stop();
      setShown((now) => (now.source ? nothing : now));
    };
  }, [isOn, cameraId, isBackgroundBlurred]);

  const toggle = () => {
    setShown(nothing);
    setOn(!isOn);
  };
  return { isOn, toggle, ...shown };
}

const nothing = { source: null, problem: null };

function sourceOf(track: MediaStreamTrack, camera: MediaStreamTrack): CameraPreviewState['source'] {
  const stream = new MediaStream([track]);
  return {
    id: track.id,
    attach: (element) => {
      element.srcObject = stream;
    },
    detach: (element) => {
      element.srcObject = null;
    },
    isMirrored: isUserFacing(camera),
  };
}
