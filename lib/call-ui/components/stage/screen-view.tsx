'use client';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { panBy, wholeScreen, zoomBy } from '../../stage/screen-zoom';
import type { VideoSource } from '../../view-models';
import { useWords } from '../../words/use-words';
import { Button } from '../button';
import { PopOutIcon, ScreenStopIcon, ZoomInIcon, ZoomOutIcon } from '../call-icons';
import { VideoView } from '../video-view';
import style from './screen-view.module.css';

type ScreenViewProps = {
  source: VideoSource;
  onAspect: (aspect: number) => void;
  popOut: (() => void) | null;
  stopSharing: (() => void) | null;
};

const step = 1.25;

/** A shared screen that can be enlarged and moved about: by buttons, by Ctrl and the wheel, by dragging. */
export function ScreenView({ source, onAspect, popOut, stopSharing }: ScreenViewProps) {
  const { tile } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(wholeScreen);
  const isZoomed = zoom.scale > 1;
  const zoomStep = (factor: number) => {
    const box = frame.current?.getBoundingClientRect();
    if (box) setZoom((before) => zoomBy(before, factor, box));
  };

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    // Not through React, which listens passively: the page must not be zoomed as well.
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const x = event.clientX - box.x - box.width / 2;
      const y = event.clientY - box.y - box.height / 2;
      setZoom((before) => zoomBy(before, Math.exp(-event.deltaY / 300), box, { x, y }));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  function pan(event: PointerEvent<HTMLElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { movementX, movementY } = event;
    const box = event.currentTarget.getBoundingClientRect();
    setZoom((before) => panBy(before, movementX, movementY, box));
  }

  return (
    <>
      <div
        ref={frame}
        className={style.frame}
        data-pannable={isZoomed || undefined}
        onPointerDown={(event) => {
          if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={pan}
      >
        <div
          className={style.moved}
          style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
        >
          <VideoView source={source} className={style.video} onAspect={onAspect} />
        </div>
      </div>
      <div className={style.tools}>
        <Button
          tone="quiet"
          size="icon"
          aria-label={tile.zoomOut}
          disabled={!isZoomed}
          icon={<ZoomOutIcon size={18} />}
          onClick={() => zoomStep(1 / step)}
        />
        <span className={style.scale} role="status">
          {tile.percent({ percent: Math.round(zoom.scale * 100) })}
        </span>
        <Button
          tone="quiet"
          size="icon"
          aria-label={tile.zoomIn}
          icon={<ZoomInIcon size={18} />}
          onClick={() => zoomStep(step)}
        />
        {popOut ? (
          <Button
            tone="quiet"
            size="icon"
            aria-label={tile.popOut}
            icon={<PopOutIcon size={18} />}
            onClick={popOut}
          />
        ) : null}
        {stopSharing ? (
          <Button
            tone="quiet"
            className={style.stop}
            icon={<ScreenStopIcon size={18} />}
            onClick={stopSharing}
          >
            {tile.stopSharing}
          </Button>
        ) : null}
      </div>
    </>
  );
}
