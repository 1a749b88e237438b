import { useEffect, useState } from 'react';
import type { BlurProblem } from '../media/blur-problem';
import { type DeviceProblem, faultText } from '../media/device-problem';
import { loadBlur } from '../media/load-blur';
import { requestCamera } from '../media/request-camera';
import { isUserFacing } from '../media/user-facing';
import type { CameraPreviewState } from '../view-models';
import type { FirstWords } from '../words/ready-words';
import { useFirstWords } from '../words/words-context';
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
  const [shown, setShown] = useState<Shown>(nothing);
  const words = useFirstWords();

  useEffect(() => {
    if (!isOn) return;
    let isOver = false;
    let stop = () => {};
    const fail = (problem: NonNullable<Shown['problem']>) => {
      if (isOver) return;
      setShown({ source: null, problem });
      setOn(false);
    };

    async function open() {
      const answer = await requestCamera(cameraId);
      if ('problem' in answer) {
        fail(answer.problem);
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
        const blurred = await blurCamera(camera, fail);
        const stopCamera = stop;
        stop = () => {
          blurred.stop();
          stopCamera();
        };
        if (isOver) stop();
        return blurred.track;
      } catch {
        fail('unavailable');
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
  return { isOn, toggle, source: shown.source, problem: problemText(shown.problem, words) };
}

type Shown = Pick<CameraPreviewState, 'source'> & { problem: DeviceProblem | BlurProblem | null };

const nothing: Shown = { source: null, problem: null };

function problemText(problem: Shown['problem'], words: FirstWords): string | null {
  if (problem === 'unavailable' || problem === 'too_slow') return words.devices.blur[problem];
  return problem && faultText('camera', problem, words);
}

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
