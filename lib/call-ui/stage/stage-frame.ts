import { type Box, type Corner, fitInside, type Rect, wide } from './boxes';

/** One thing on the stage: a person with or without a picture, a screen, or the one person a call waits for. */
export type StageItem = {
  /** Unique on the stage. */
  key: string;
  personId: string;
  kind: 'face' | 'picture' | 'screen' | 'missing';
  isSelf: boolean;
  /** Width over height of what is shown; until it is known a camera's picture is taken for a wide one. */
  aspect?: number;
};

/** Where the stage stands, and how much room it has above its controls. */
export type StageFrame = Box & {
  place: 'dock' | 'full' | 'phone' | 'sideways';
  /** Height of the line above the people. */
  bar: number;
  /** Height of the words beneath a face. */
  label: number;
};

/** What the person chose. */
export type StageChoice = {
  /** Key of the item that was made large. */
  focus: string | null;
  pinnedId: string | null;
  page: number;
  corner: Corner;
};

/** How an item is drawn. */
export type PlacedLook = 'face' | 'tile' | 'main' | 'strip' | 'corner';
export type Placed = { key: string; look: PlacedLook; rect: Rect };

/** Where everything stands. */
export type StageLayout = {
  placed: Placed[];
  /** Diameter of the faces; 0 without faces. */
  face: number;
  /** Where "+n" stands, and n; null when everyone is in sight. */
  more: { rect: Rect; count: number } | null;
  /** From 0. */
  page: number;
  pages: number;
  /** Items on a page. */
  perPage: number;
  /** How many people are in sight. */
  inSight: number;
  /** Whether the line above stands in the margins of the picture and takes no height. */
  isBarAside: boolean;
};

/** Around the people of a wide stage. */
export const margin = 16;

/** A layout of one page, in which everyone is in sight. */
export const onePage = { more: null, page: 0, pages: 1, face: 0, isBarAside: false };

/** The room beneath the line above. */
export function roomOf({ place, width, height, bar }: StageFrame): Rect {
  const side = place === 'phone' || place === 'sideways' || width < 500 ? 8 : margin;
  return { x: side, y: bar, width: width - 2 * side, height: Math.max(0, height - bar) };
}

/**
 * How large the own picture is.
 *
 * @param room what it stands in: another picture, or the stage around one
 * @param share the part of the width of `room` that it takes at most
 * @param aspect width over height of the own picture; not known: upright on a phone held upright, else wide
 */
export function cornerBox(place: StageFrame['place'], room: Box, share: number, aspect?: number): Box {
  const [long, short] = place === 'phone' || place === 'sideways' ? [150, 112] : [160, 90];
  const isUpright = aspect === undefined ? place === 'phone' : aspect < 1;
  const most = isUpright ? { width: short, height: long } : { width: long, height: short };
  const isHeld = aspect === undefined && place === 'phone';
  const box = isHeld ? most : fitInside({ x: 0, y: 0, ...most }, aspect ?? wide);
  const scale = Math.min(1, (room.width * share) / box.width, (room.height * 0.5) / box.height);
  return { width: box.width * scale, height: box.height * scale };
}
