'use client';

import { useEffect, useRef, useState } from 'react';
import { Problem } from '../../_ui/button';
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
    navigator.mediaDevices
      .getUserMedia({ video: deviceId ? { deviceId: { exact: deviceId } } : true })
      .then((found) => {
        if (!isWanted) return stop(found);
        stream = found;
        if (video.current) video.current.srcObject = found;
      })
      .catch(() => setProblem('Your camera is blocked or missing. Allow it in the browser, then try again.'));
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
