import type { Box } from './boxes';

/** A part of a shared screen: how much larger it is, and how far it is moved from the middle, in pixels. */
export type ScreenZoom = { scale: number; x: number; y: number };

export const wholeScreen: ScreenZoom = { scale: 1, x: 0, y: 0 };
const largestScale = 4;

/** Keeps the picture over all of its frame. */
function clamp({ scale, x, y }: ScreenZoom, frame: Box): ScreenZoom {
  const right = (frame.width * (scale - 1)) / 2;
  const down = (frame.height * (scale - 1)) / 2;
  return { scale, x: Math.min(right, Math.max(-right, x)), y: Math.min(down, Math.max(-down, y)) };
}

/**
 * Zooms so that what is under a point stays under it.
 *
 * @param factor 1.25 makes the picture a quarter larger
 * @param point from the middle of the frame, in pixels; default: the middle
 */
export function zoomBy(zoom: ScreenZoom, factor: number, frame: Box, point = { x: 0, y: 0 }): ScreenZoom {
  const scale = Math.min(largestScale, Math.max(1, zoom.scale * factor));
  const ratio = scale / zoom.scale;
  return clamp(
    { scale, x: point.x - (point.x - zoom.x) * ratio, y: point.y - (point.y - zoom.y) * ratio },
    frame,
  );
}

/** Moves the picture by so many pixels, as far as its edges allow. */
export function panBy(zoom: ScreenZoom, x: number, y: number, frame: Box): ScreenZoom {
  return clamp({ scale: zoom.scale, x: zoom.x + x, y: zoom.y + y }, frame);
}
