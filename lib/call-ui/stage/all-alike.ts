import { inCorner, type Rect, wide } from './boxes';
import { layoutFaces, leastFaceHeight } from './faces';
import {
  cornerBox,
  onePage,
  type Placed,
  type PlacedLook,
  roomOf,
  type StageChoice,
  type StageFrame,
  type StageItem,
  type StageLayout,
} from './stage-frame';
import { layoutTiles } from './tile-grid';

const pagerHeight = 52;
/** Room for the speaking ring of the uppermost faces, below the line above the stage. */
const ringRoom = 8;

/** Everyone in a tile of one size. */
export function inTiles(items: readonly StageItem[], frame: StageFrame, choice: StageChoice): StageLayout {
  const { place } = frame;
  const room = roomOf(frame);
  // A low dock: two rows of smaller tiles show three times as many as one row in the middle of it.
  const isLow = place === 'dock' && room.height < 2 * (152 / wide) + 12;
  const options = {
    isFirstLarge: items[0] !== undefined && items[0].personId === choice.pinnedId && place !== 'phone',
    leastWidth: place === 'phone' ? 168 : place === 'full' ? 224 : isLow ? 116 : 152,
    gap: place === 'phone' || items.length > 9 ? 8 : 12,
  };
  let grid = layoutTiles(items.length, room, options);
  if (place === 'dock' && grid.perPage < items.length) {
    // The last place says how many more there are.
    const shown = items.slice(0, grid.perPage - 1);
    const placed = shown.map(({ key }, index) => placeTile(key, grid.cells[index] ?? room));
    const rect = grid.cells[grid.perPage - 1] ?? room;
    const more = { rect, count: items.length - shown.length };
    return { ...onePage, placed, more, perPage: items.length, inSight: shown.length };
  }
  const isPaged = grid.perPage < items.length;
  if (isPaged) grid = layoutTiles(items.length, { ...room, height: room.height - pagerHeight }, options);
  return paged(items, grid.cells, grid.perPage, choice.page, 'tile');
}

const placeTile = (key: string, rect: Rect): Placed => ({ key, look: 'tile', rect });

function paged(
  items: readonly StageItem[],
  cells: readonly Rect[],
  perPage: number,
  wanted: number,
  look: PlacedLook,
): StageLayout {
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const onPage = items.slice(page * perPage, (page + 1) * perPage);
  const placed = onPage.flatMap(({ key }, index): Placed[] => {
    const rect = cells[index];
    return rect ? [{ key, look, rect }] : [];
  });
  return { ...onePage, placed, page, pages, perPage, inSight: Math.min(perPage, items.length) };
}

/** Faces without tiles; the own picture, the only one, in a corner. */
export function inFaces(items: readonly StageItem[], frame: StageFrame, choice: StageChoice): StageLayout {
  const { place, label } = frame;
  const own = items.find(({ kind }) => kind === 'picture');
  const faces = items.filter((item) => item !== own);
  const whole = roomOf(frame);
  const box = cornerBox(place, whole, 0.4, own?.aspect);
  const isTall = whole.width < 3 * box.width + 160;
  const beside = !own
    ? whole
    : isTall
      ? { ...whole, height: whole.height - box.height - 24 }
      : { ...whole, x: whole.x + box.width + 24, width: whole.width - 2 * (box.width + 24) };
  const ring = Math.min(ringRoom, Math.max(0, beside.height - leastFaceHeight(label)));
  const room = { ...beside, y: beside.y + ring, height: beside.height - ring };
  const corner: Placed[] = own
    ? [{ key: own.key, look: 'corner', rect: inCorner(choice.corner, box, whole) }]
    : [];
  let laid = layoutFaces(faces.length, room, label);
  if (place === 'dock' || laid.hidden === 0) {
    const placed = faces
      .slice(0, laid.shown)
      .map(({ key }, index): Placed => ({ key, look: 'face', rect: laid.cells[index] ?? room }));
    const rect = laid.cells[laid.shown];
    return {
      ...onePage,
      placed: [...placed, ...corner],
      face: laid.face,
      more: laid.hidden > 0 && rect ? { rect, count: laid.hidden } : null,
      perPage: items.length,
      inSight: laid.shown + corner.length,
    };
  }
  laid = layoutFaces(faces.length, { ...room, height: room.height - pagerHeight }, label);
  const layout = paged(faces, laid.cells, laid.cells.length, choice.page, 'face');
  return { ...layout, placed: [...layout.placed, ...corner], face: laid.face };
}
