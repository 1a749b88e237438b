'use client';
import { useEffect, useRef } from 'react';
import type { VideoSource } from '../view-models';

/**
 * Shows a camera or screen for as long as it is on the page.
 *
 * @example
 * const { source } = useCameraPreview();
 * return source && <VideoView source={source} label="Camera preview" />;
 */
export function VideoView({
  source,
  className,
  label,
  onAspect,
}: {
  source: VideoSource;
  className?: string | undefined;
  /** What a screen reader calls it. Default: nothing, as beside a name. */
  label?: string;
  /** Called with width over height when the picture arrives and whenever it changes its shape. */
  onAspect?: (aspect: number) => void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    source.attach(element);
    return () => source.detach(element);
  }, [source]);
  return (
    <video
      ref={video}
      className={className}
      aria-label={label}
      style={source.isMirrored ? { transform: 'scaleX(-1)' } : undefined}
      onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
        if (videoHeight > 0) onAspect?.(videoWidth / videoHeight);
      }}
      autoPlay
      playsInline
      muted
    />
  );
}
