/** How large something is, in CSS pixels. */
export type Box = { width: number; height: number };
/** Where something stands, in CSS pixels from the top left corner of the stage; from the top right one where lines run from right to left. */
export type Rect = Box & { x: number; y: number };

/** Width over height of a camera's picture held sideways. */
export const wide = 16 / 9;

/** Numbers of people that a layout is made for: up to six each its own, then in steps. */
const layoutSizes = [8, 10, 12, 16, 20, 25];

/** The number of places laid out for `count` people: some are free, so that few newcomers move anyone. */
export const placesFor = (count: number): number =>
  count <= 6 ? count : (layoutSizes.find((size) => size >= count) ?? count);

/** The largest rectangle of an aspect inside another, centred. */
export function fitInside(outer: Rect, aspect: number): Rect {
  const width = Math.min(outer.width, outer.height * aspect);
  const height = width / aspect;
  return {
    x: outer.x + (outer.width - width) / 2,
    y: outer.y + (outer.height - height) / 2,
    width,
    height,
  };
}

/** The corners that a person's own picture can stand in. */
export const corners = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;
/** One of the corners that a person’s own picture can stand in; left is right where lines run from right to left. */
export type Corner = (typeof corners)[number];

/** The corner of `outer` that a point is nearest to. */
export function nearestCorner(point: { x: number; y: number }, outer: Rect): Corner {
  const side = point.x < outer.x + outer.width / 2 ? 'left' : 'right';
  return point.y < outer.y + outer.height / 2 ? `top-${side}` : `bottom-${side}`;
}

/** The corner that an arrow key leads to from another; null for every other key. */
export function cornerByKey(corner: Corner, key: string): Corner | null {
  const isTop = corner.startsWith('top');
  const isLeft = corner.endsWith('left');
  const at = (top: boolean, left: boolean): Corner => `${top ? 'top' : 'bottom'}-${left ? 'left' : 'right'}`;
  if (key === 'ArrowUp') return at(true, isLeft);
  if (key === 'ArrowDown') return at(false, isLeft);
  if (key === 'ArrowLeft') return at(isTop, true);
  if (key === 'ArrowRight') return at(isTop, false);
  return null;
}

/** The words at the foot of a picture take all of its width when it is narrower. */
const narrowPicture = 280;

/** A box in a corner of `outer`, 12 px from its edges; at the bottom above the words that stand there. */
export function inCorner(corner: Corner, box: Box, outer: Rect): Rect {
  const gap = 12;
  const isOverWords = corner === 'bottom-left' || outer.width < narrowPicture;
  const x = corner.endsWith('left') ? outer.x + gap : outer.x + outer.width - box.width - gap;
  const y = corner.startsWith('top')
    ? outer.y + gap
    : outer.y + outer.height - box.height - gap - (isOverWords ? 36 : 0);
  return { x, y, ...box };
}
