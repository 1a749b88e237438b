'use client';
import { useEffect, useRef } from 'react';
import type { VideoSource } from '../shown';

/** Shows a camera or screen for as long as it is on the page. */
export function VideoView({ source, className }: { source: VideoSource; className?: string | undefined }) {
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
      style={source.isMirrored ? { transform: 'scaleX(-1)' } : undefined}
      autoPlay
      playsInline
      muted
    />
  );
}
