'use client';

import { useEffect, useRef, useState } from 'react';
import { Problem } from '../../_ui/button';
import { openDevice } from './open-device';
import css from './settings.module.css';

/** What others would see; the camera goes off with it. */
export function CameraPreview({ deviceId }: { deviceId: string }) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    let stream: MediaStream | null = null;
    const stop = (found: MediaStream | null) => {
      for (const track of found?.getTracks() ?? []) track.stop();
    };
    openDevice('video', deviceId)
      .then((found) => {
        if (!isWanted) return stop(found);
        stream = found;
        if (video.current) video.current.srcObject = found;
      })
      .catch((error: Error) => setProblem(error.message));
    return () => {
      isWanted = false;
      stop(stream);
    };
  }, [deviceId]);
  return (
    <div className={css.block}>
      {problem ? (
        <Problem>{problem}</Problem>
      ) : (
        <video ref={video} className={css.preview} autoPlay muted playsInline aria-label="Camera preview" />
      )}
    </div>
  );
}
