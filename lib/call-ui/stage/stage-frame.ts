import type { Box, Corner, Rect } from './boxes';

/** One thing on the stage: a person with or without a picture, a screen, or the one person a call waits for. */
export type StageItem = {
  /** Unique on the stage. */
  key: string;
  personId: string;
  kind: 'face' | 'picture' | 'screen' | 'missing';
  isSelf: boolean;
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

/** How large the own picture is on another one. */
export function cornerBox(place: StageFrame['place'], picture: Rect): Box {
  const box = place === 'phone' ? { width: 112, height: 150 } : { width: 160, height: 90 };
  const sideways = place === 'sideways' ? { width: 150, height: 112 } : box;
  // Never more than a third of the picture that it lies on.
  const scale = Math.min(1, (picture.width * 0.32) / sideways.width);
  return { width: sideways.width * scale, height: sideways.height * scale };
}
