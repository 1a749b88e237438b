/** How high the docked call is: its smallest size, the height that fits what is shown, or one of the person's own. */
export type DockSize = 'bar' | 'half' | number;

/**
 * The heights a docked call can have, in CSS pixels.
 *
 * @example
 * const canGrow = (height: number, { most, isLow }: DockRange) => !isLow && height < most;
 */
export type DockRange = {
  /** The smallest that shows people. */
  least: number;
  /** What it takes by itself. */
  half: number;
  /** Beyond it the call fills the window. */
  most: number;
  /** No room for people beside the messages: the bar or the full window. */
  isLow: boolean;
};

export const barHeight = 60;
/** Voices: faces of 80 px, their names, a line above and the controls. */
const voicesHeight = 288;
/** The page's header and 240 px of messages. */
const pageReserve = 60 + 240;
const leastHeight = 200;
/** A height this near to a snap becomes it. */
const snapDistance = 32;
const step = 32;

/** The heights of a docked call in a window of `windowHeight`. */
export function dockRange(windowHeight: number, hasPicture: boolean): DockRange {
  const most = windowHeight - pageReserve;
  const wanted = hasPicture ? Math.min(Math.round(windowHeight * 0.6), 560) : voicesHeight;
  return { least: leastHeight, half: Math.min(wanted, most), most, isLow: most < leastHeight };
}

/** The height of a size in this window. */
export function dockHeight(size: DockSize, range: DockRange): number {
  if (size === 'bar' || range.isLow) return barHeight;
  return size === 'half' ? range.half : Math.min(Math.max(size, range.least), range.most);
}

/** The size that an edge let go at `height` snaps to. */
export function sizeAt(height: number, range: DockRange): DockSize | 'full' {
  if (height > range.most + snapDistance) return 'full';
  if (range.isLow || height < (barHeight + range.least) / 2) return 'bar';
  if (Math.abs(height - range.half) <= snapDistance) return 'half';
  return Math.round(Math.min(Math.max(height, range.least), range.most));
}

/** The size that a key leads to; null for keys that do nothing here. */
export function sizeByKey(key: string, size: DockSize, range: DockRange): DockSize | 'full' | null {
  if (key === 'Home') return 'bar';
  if (key === 'End') return 'full';
  if (key === 'Enter') return 'half';
  const height = dockHeight(size, range);
  if (key === 'ArrowUp') return range.isLow || height <= range.least ? 'bar' : stepTo(height, -step, range);
  if (key !== 'ArrowDown') return null;
  if (range.isLow || height >= range.most) return 'full';
  return height === barHeight ? stepTo(range.least, 0, range) : stepTo(height, step, range);
}

/** A step, which ends at the half when it would pass it. */
function stepTo(height: number, change: number, { least, half, most }: DockRange): DockSize {
  const to = Math.min(Math.max(height + change, least), most);
  const passes = change !== 0 && (height - half) * (to - half) < 0;
  return passes || to === half ? 'half' : to;
}
