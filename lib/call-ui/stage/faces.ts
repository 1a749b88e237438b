import { placesFor, type Rect } from './boxes';

/** Faces without pictures: how large, and where. */
export type Faces = {
  /** Diameter of a face. */
  face: number;
  /** One cell for each face that is shown, and a last one for "+n" when some are hidden. */
  cells: Rect[];
  /** How many are shown. */
  shown: number;
  /** How many are not. */
  hidden: number;
};

const largestFace = 192;
const smallestFace = 80;
/** Where not even those fit, a face and two lines of its name still show at this size. */
const leastFace = 40;
/** Between a face and its name. */
const nameGap = 10;
/** A name of two lines is legible in a cell of this width. */
const leastCell = 84;
const gap = 6;
/** Between a name and the face beneath it, whose speaking ring reaches 6 px beyond it. */
const rowGap = 16;
/** A cell is that much wider than its face. */
const cellMargin = 8;

/** The least height that shows a face with its words, `label` high. */
export const leastFaceHeight = (label: number): number => leastFace + nameGap + label;

/**
 * Lays faces out in rows: as large as room allows between 80 and 192 px. Where not all fit at 80, as many as fit and
 * a last cell for the others.
 *
 * @param count how many there are
 * @param area where they stand
 * @param label height of the words beneath a face
 */
export function layoutFaces(count: number, area: Rect, label: number): Faces {
  const words = nameGap + label;
  const smallest = Math.max(leastFace, Math.min(smallestFace, area.height - words));
  const free = largestFaces(placesFor(count), area, words);
  const best = free.face >= smallest ? free : largestFaces(count, area, words);
  if (best.face >= smallest || count === 1) {
    const face = Math.max(best.face, leastFace);
    return { face, cells: rowsOf(count, best.columns, face, label, area), shown: count, hidden: 0 };
  }
  const cell = Math.max(smallest + cellMargin, leastCell);
  const columns = Math.max(2, Math.floor((area.width + gap) / (cell + gap)));
  const rows = Math.max(1, Math.floor((area.height + rowGap) / (smallest + words + rowGap)));
  const places = Math.min(count, columns * rows);
  const shown = places < count ? places - 1 : count;
  const cells = rowsOf(places, columns, smallest, label, area);
  return { face: smallest, cells, shown, hidden: count - shown };
}

/** The number of columns that makes faces largest. */
function largestFaces(count: number, area: Rect, words: number) {
  let best = { face: 0, columns: 1 };
  for (let rows = 1; rows <= count; rows += 1) {
    const columns = Math.ceil(count / rows);
    const cell = (area.width - gap * (columns - 1)) / columns;
    if (cell < leastCell && columns > 1) continue;
    const high = (area.height - rowGap * (rows - 1)) / rows - words;
    const face = Math.floor(Math.min(largestFace, cell - cellMargin, high));
    if (face > best.face) best = { face, columns };
  }
  return best;
}

/** Rows of equal cells, each row and all rows together centred. */
function rowsOf(count: number, columns: number, face: number, label: number, area: Rect): Rect[] {
  const height = face + nameGap + label;
  const rows = Math.ceil(count / columns);
  const share = (area.width - gap * (columns - 1)) / columns;
  // Two large faces stand side by side, not at both ends of the stage.
  const width = Math.min(share, face + Math.max(96, face * 0.7));
  const top = area.y + Math.max(0, (area.height - rows * height - (rows - 1) * rowGap) / 2);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = area.x + (area.width - inRow * width - (inRow - 1) * gap) / 2;
    return {
      x: left + (index % columns) * (width + gap),
      y: top + row * (height + rowGap),
      width,
      height,
    };
  });
}
