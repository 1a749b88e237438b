import { fitInside, inCorner, type Rect, wide } from './boxes';
import {
  cornerBox,
  margin,
  onePage,
  type Placed,
  roomOf,
  type StageChoice,
  type StageFrame,
  type StageItem,
  type StageLayout,
} from './stage-frame';

/** Timer and window buttons fit into margins this wide, where they stand above faces, too. */
const asideWidth = 132;
const stripSide = 88;
const stripGap = 6;
/** A face of 44 px and its name still show in a cell this wide and high. */
const leastStripSide = 66;

/** One item large, the others in a strip; beside a single other person the own picture in a corner. */
export function withMain(
  main: StageItem,
  items: readonly StageItem[],
  frame: StageFrame,
  choice: StageChoice,
): StageLayout {
  const { place, width, height } = frame;
  const own = items.find(({ isSelf, kind, key }) => isSelf && kind === 'picture' && key !== main.key);
  const isDirect = items.every(({ isSelf, personId }) => isSelf || personId === main.personId);
  const isAlone = main.kind === 'missing' || (isDirect && main.kind === 'picture');
  const rest = isAlone ? [] : items.filter(({ key, kind }) => key !== main.key && kind !== 'missing');
  // In the margins of a wide dock, or over the picture of a phone held sideways.
  const isSideways = place === 'sideways' && main.kind !== 'missing';
  const fits = width - (height - margin) * wide >= 2 * asideWidth;
  const isBarAside = isSideways || (place === 'dock' && main.kind !== 'missing' && fits);
  const room = isBarAside
    ? isSideways
      ? { x: 0, y: 0, width, height }
      : { x: asideWidth, y: margin, width: width - 2 * asideWidth, height: height - margin }
    : roomOf(frame);
  const strip = rest.length > 0 ? besideOrBelow(rest.length, room, frame, isBarAside) : null;
  const area = strip?.main ?? room;
  const seen = strip ? rest.slice(0, strip.shown) : [];
  const picture = fitInside(area, wide);
  const placed: Placed[] = [
    { key: main.key, look: 'main', rect: main.kind === 'face' ? picture : area },
    ...seen.map(({ key }, index) => ({ key, look: 'strip' as const, rect: strip?.cells[index] ?? area })),
  ];
  if (own && isAlone) {
    const { box, outer } = ownPicture(main, own, area, place);
    // Below the line that lies over the picture.
    const top = isSideways ? Math.max(0, 52 - outer.y) : 0;
    const free = { ...outer, y: outer.y + top, height: outer.height - top };
    const rect = inCorner(choice.corner, box, free);
    placed.push({ key: own.key, look: 'corner', rect });
  }
  const hidden = rest.length - seen.length;
  const last = strip?.cells[seen.length];
  return {
    ...onePage,
    placed,
    isBarAside,
    more: hidden > 0 && last ? { rect: last, count: hidden } : null,
    perPage: items.length,
    inSight: 1 + seen.length,
  };
}

/** How large the own picture is beside or on the main one, and where it can be moved. */
function ownPicture(main: StageItem, own: StageItem, area: Rect, place: StageFrame['place']) {
  const picture = fitInside(area, main.aspect ?? wide);
  const isUpright = picture.width < picture.height;
  const free = cornerBox(place, area, 0.4, own.aspect);
  // A phone held upright has room above and below a wide picture, other stages at the sides of an upright one.
  if (main.kind === 'missing' || (place === 'phone' && !isUpright)) return { box: free, outer: area };
  const side = free.width + 24;
  if (place !== 'phone' && isUpright && picture.width + 2 * side <= area.width)
    return { box: free, outer: { ...picture, x: picture.x - side, width: picture.width + 2 * side } };
  // Never more than a third of the picture that it lies on.
  return { box: cornerBox(place, picture, 0.32, own.aspect), outer: picture };
}

/** People in a strip 88 px wide or high: on the side where it leaves the picture more room. */
function besideOrBelow(count: number, room: Rect, frame: StageFrame, isBarAside: boolean) {
  const taken = stripSide + 2 * stripGap;
  const narrower = { ...room, width: room.width - taken };
  const lower = { ...room, height: room.height - taken };
  const isBeside = isBarAside || fitInside(narrower, wide).width >= fitInside(lower, wide).width;
  // Beside a bar in the margins: beneath its buttons.
  const top = isBarAside ? 52 : room.y;
  const edge = frame.width - (frame.place === 'sideways' ? 8 : margin);
  const long = isBeside ? frame.height - top : room.width;
  const isOver = isBarAside && frame.place === 'dock';
  if (isOver && count > howMany(long, stripSide)) {
    const picture = fitInside(room, wide);
    const left = picture.x + picture.width + stripGap;
    const cells = inLowMargin(count, { x: left, y: top, width: edge - left, height: long });
    return { main: picture, cells, shown: count <= cells.length ? count : cells.length - 1 };
  }
  const places = Math.max(1, howMany(long, stripSide));
  const shown = count <= places ? count : places - 1;
  const used = Math.min(count, places) * (stripSide + stripGap) - stripGap;
  const cells = Array.from({ length: Math.min(count, places) }, (_, index): Rect => {
    const offset = index * (stripSide + stripGap);
    const box = { width: stripSide, height: stripSide };
    if (isBeside) return { x: edge - stripSide, y: top + offset, ...box };
    return { x: room.x + (room.width - used) / 2 + offset, y: room.y + room.height - stripSide, ...box };
  });
  return { main: isOver ? room : isBeside ? narrower : lower, cells, shown };
}

/** How many sides fit into a length, with gaps between them. */
const howMany = (length: number, side: number) => Math.floor((length + stripGap) / (side + stripGap));

/** Where the margin beside a picture is too low for a strip: smaller cells in rows, at the end of the margin. */
function inLowMargin(count: number, room: Rect): Rect[] {
  const rows = Math.max(1, howMany(room.height, leastStripSide));
  const columns = Math.max(1, Math.min(howMany(room.width, leastStripSide), Math.ceil(count / rows)));
  const share = (length: number, parts: number) =>
    Math.min(stripSide, (length - stripGap * (parts - 1)) / parts);
  const [width, height] = [share(room.width, columns), share(room.height, rows)];
  const left = room.x + room.width - columns * width - (columns - 1) * stripGap;
  return Array.from({ length: Math.min(count, columns * rows) }, (_, index) => ({
    x: left + (index % columns) * (width + stripGap),
    y: room.y + Math.floor(index / columns) * (height + stripGap),
    width,
    height,
  }));
}
