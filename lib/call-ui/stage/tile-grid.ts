import { type Rect, wide } from './boxes';

/** A page of tiles of one size. */
export type TileGrid = { cells: Rect[]; perPage: number };

type GridOptions = {
  /** The first tile takes two by two cells. */
  isFirstLarge: boolean;
  /** A tile that is narrower does not show a name; what does not fit then goes to another page. */
  leastWidth: number;
  gap: number;
};

/** How wide a tile is with so many columns, for so many cells. */
function tileWidth(cells: number, columns: number, area: Rect, gap: number): number {
  const rows = Math.ceil(cells / columns);
  const byWidth = (area.width - gap * (columns - 1)) / columns;
  const byHeight = ((area.height - gap * (rows - 1)) / rows) * wide;
  return Math.min(byWidth, byHeight);
}

/** The number of columns that makes tiles widest. */
function bestColumns(cells: number, least: number, area: Rect, gap: number): number {
  let best = least;
  for (let columns = least; columns <= Math.max(least, cells); columns += 1) {
    if (tileWidth(cells, columns, area, gap) > tileWidth(cells, best, area, gap)) best = columns;
  }
  return best;
}

/**
 * Lays tiles of 16:9 out as large as they fit, a last row that is not full centred.
 *
 * @param count tiles on all pages
 */
export function layoutTiles(count: number, area: Rect, options: GridOptions): TileGrid {
  const { leastWidth, gap } = options;
  const isFirstLarge = options.isFirstLarge && count > 1;
  const extra = isFirstLarge ? 3 : 0;
  const leastColumns = isFirstLarge ? 2 : 1;
  // Two rows at least: the large tile is two cells high.
  const cellsFor = (tiles: number) => Math.max(tiles + extra, isFirstLarge ? 4 : 1);
  let perPage = count;
  if (
    tileWidth(cellsFor(count), bestColumns(cellsFor(count), leastColumns, area, gap), area, gap) < leastWidth
  ) {
    const columns = Math.max(leastColumns, Math.floor((area.width + gap) / (leastWidth + gap)));
    const rows = Math.max(leastColumns, Math.floor((area.height + gap) / (leastWidth / wide + gap)));
    perPage = Math.max(1, Math.min(count, columns * rows - extra));
  }
  const cells = cellsFor(perPage);
  const columns = bestColumns(cells, leastColumns, area, gap);
  return { cells: place(perPage, columns, isFirstLarge, area, gap), perPage };
}

function place(count: number, columns: number, isFirstLarge: boolean, area: Rect, gap: number): Rect[] {
  const extra = isFirstLarge ? 3 : 0;
  const cells = Math.max(count + extra, isFirstLarge ? 4 : 1);
  const rows = Math.max(Math.ceil(cells / columns), isFirstLarge ? 2 : 1);
  const width = tileWidth(cells, columns, area, gap);
  const height = width / wide;
  const left = area.x + (area.width - columns * width - (columns - 1) * gap) / 2;
  const top = area.y + (area.height - rows * height - (rows - 1) * gap) / 2;
  const at = (column: number, row: number): Rect => ({
    x: left + column * (width + gap),
    y: top + row * (height + gap),
    width,
    height,
  });
  const free: [number, number][] = [];
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      if (!isFirstLarge || row > 1 || column > 1) free.push([column, row]);
  const small = free.slice(0, count - (isFirstLarge ? 1 : 0));
  const lastRow = small.at(-1)?.[1] ?? 0;
  const missing =
    free.filter(([, row]) => row === lastRow).length - small.filter(([, row]) => row === lastRow).length;
  const isCentred = !isFirstLarge || lastRow > 1;
  const placed = small.map(([column, row]) => {
    const cell = at(column, row);
    return row === lastRow && isCentred ? { ...cell, x: cell.x + (missing * (width + gap)) / 2 } : cell;
  });
  if (!isFirstLarge) return placed;
  return [{ ...at(0, 0), width: 2 * width + gap, height: 2 * height + gap }, ...placed];
}
