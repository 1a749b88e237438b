import { describe, expect, test } from 'vitest';
import { cornerByKey, fitInside, inCorner, nearestCorner, type Rect } from '@/lib/call-ui/stage/boxes';
import { layoutFaces } from '@/lib/call-ui/stage/faces';
import { layoutStage, mainItem } from '@/lib/call-ui/stage/layout';
import type { StageChoice, StageFrame, StageItem, StageLayout } from '@/lib/call-ui/stage/stage-frame';
import { layoutTiles } from '@/lib/call-ui/stage/tile-grid';

const area = (width: number, height: number): Rect => ({ x: 0, y: 0, width, height });
const item = (personId: string, kind: StageItem['kind'] = 'face', isSelf = false): StageItem => ({
  key: kind === 'screen' ? `screen ${personId}` : personId,
  personId,
  kind,
  isSelf,
});
const me = (kind: StageItem['kind'] = 'face') => item('me', kind, true);
const many = (count: number, kind: StageItem['kind'] = 'face') =>
  Array.from({ length: count }, (_, index) => item(`p${index}`, kind));
const choice = (change: Partial<StageChoice> = {}): StageChoice => ({
  focus: null,
  pinnedId: null,
  page: 0,
  corner: 'bottom-right',
  ...change,
});
/** The stage as six windows have it, above its controls. */
const frames: Record<string, StageFrame> = {
  'docked, 1280 wide': { place: 'dock', width: 936, height: 392, bar: 52, label: 40 },
  'docked, voices': { place: 'dock', width: 936, height: 200, bar: 52, label: 40 },
  'docked, a phone': { place: 'dock', width: 390, height: 192, bar: 52, label: 40 },
  'docked, a phone with a notice': { place: 'dock', width: 390, height: 143, bar: 52, label: 40 },
  'docked, 1024 × 600': { place: 'dock', width: 680, height: 212, bar: 52, label: 40 },
  'full, 1280 × 800': { place: 'full', width: 1280, height: 652, bar: 0, label: 40 },
  'full, 1920 × 1080': { place: 'full', width: 1920, height: 932, bar: 0, label: 40 },
  'full, a phone': { place: 'phone', width: 390, height: 684, bar: 0, label: 40 },
  'full, a phone sideways': { place: 'sideways', width: 780, height: 390, bar: 52, label: 40 },
};

const overlaps = (a: Rect, b: Rect) =>
  Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.5 &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.5;

/** Each rectangle that leaves the stage, and each two that lie on each other. */
function faults(layout: StageLayout, { width, height }: StageFrame): string[] {
  const others = layout.placed.filter(({ look }) => look !== 'corner');
  const rects = [...layout.placed.map(({ key, rect }) => ({ key, rect }))];
  if (layout.more) rects.push({ key: 'more', rect: layout.more.rect });
  const outside = rects.filter(
    ({ rect }) =>
      rect.x < -0.5 ||
      rect.y < -0.5 ||
      rect.x + rect.width > width + 0.5 ||
      rect.y + rect.height > height + 0.5,
  );
  const onEachOther = others.flatMap((one, index) =>
    others.slice(index + 1).filter((other) => overlaps(one.rect, other.rect)),
  );
  return [
    ...outside.map(({ key }) => `${key} outside`),
    ...onEachOther.map(({ key }) => `${key} on another`),
  ];
}

const shown: Record<string, StageItem[]> = {
  'two voices': [item('bob'), me()],
  'nine voices': [...many(8), me()],
  'twenty-five voices': [...many(24), me()],
  'their camera': [item('bob', 'picture'), me()],
  'both cameras': [item('bob', 'picture'), me('picture')],
  'my camera': [item('bob'), me('picture')],
  'my camera among nine': [...many(8), me('picture')],
  'one camera among five': [item('bob', 'picture'), ...many(3), me()],
  'four cameras': [...many(3, 'picture'), me('picture')],
  'twenty-five cameras': [...many(24, 'picture'), me('picture')],
  'their screen': [item('bob'), item('bob', 'screen'), me()],
  'a screen among fourteen': [...many(13, 'picture'), item('p3', 'screen'), me('picture')],
  'one who is missing': [item('bob', 'missing'), me('picture')],
};

describe('nothing leaves the stage, and nothing lies on another', () => {
  const table = Object.keys(frames).flatMap((frame) =>
    Object.keys(shown).map((what) => [frame, what] as const),
  );
  test.each(table)('%s: %s', (frameName, what) => {
    const frame = frames[frameName];
    const items = shown[what];
    if (!frame || !items) throw new Error('it is in the table');
    for (const change of [{}, { focus: 'p2' }, { pinnedId: 'p0' }, { page: 1 }])
      expect(faults(layoutStage(items, frame, choice(change)), frame)).toEqual([]);
  });
});

describe('what is large', () => {
  test.each<[string, StageItem[], string | null, string | null]>([
    ['voices: nothing', [item('bob'), me()], null, null],
    ['the only picture', [item('bob'), item('eve', 'picture'), me()], null, 'eve'],
    ['never my own picture by itself', [item('bob'), me('picture')], null, null],
    ['of two pictures none', [item('bob', 'picture'), item('eve', 'picture'), me()], null, null],
    ['a screen before a picture', [item('bob', 'picture'), item('eve', 'screen'), me()], null, 'screen eve'],
    ['their screen before mine', [me('screen'), item('eve', 'screen')], null, 'screen eve'],
    ['what was chosen before a screen', [item('bob'), item('eve', 'screen'), me()], 'bob', 'bob'],
    ['a choice that has left does not count', [item('bob', 'picture'), me()], 'eve', 'bob'],
    ['who is missing before everything', [item('bob', 'missing'), me('picture')], 'me', 'bob'],
  ])('%s', (_, items, focus, large) => {
    expect(mainItem(items, focus)?.key ?? null).toBe(large);
  });
});

describe('faces', () => {
  test.each<[count: number, width: number, height: number, face: number, shown: number]>([
    [2, 904, 148, 98, 2],
    [2, 1248, 600, 192, 2],
    [9, 904, 148, 87, 9],
    [10, 904, 148, 80, 8],
    [25, 904, 148, 80, 8],
    [25, 1248, 600, 125, 25],
    [25, 374, 140, 80, 3],
    [25, 374, 684, 80, 15],
    // Lower than 80 px and a name need: smaller faces, rather than none.
    [4, 374, 100, 50, 4],
    [1, 100, 20, 40, 1],
  ])('%i in %i × %i: %i px, %i of them', (count, width, height, face, seen) => {
    const laid = layoutFaces(count, area(width, height), 40);
    expect([laid.face, laid.shown, laid.hidden]).toEqual([face, seen, count - seen]);
    expect(laid.cells).toHaveLength(seen < count ? seen + 1 : seen);
  });
});

test('where there is room, a speaking ring stays clear of the name above it and of the line above the stage', () => {
  for (const count of [5, 9, 25])
    for (const [name, frame] of Object.entries(frames).filter(([, { height }]) => height > 160)) {
      const layout = layoutStage(many(count), frame, choice());
      const ring = 6;
      for (const { key, rect } of layout.placed) {
        expect(rect.y - ring, `${name}: ${key}`).toBeGreaterThanOrEqual(frame.bar);
        for (const above of layout.placed)
          if (above.rect.y < rect.y)
            expect(rect.y - ring, `${name}: ${key}`).toBeGreaterThan(above.rect.y + above.rect.height);
      }
    }
});

describe('newcomers', () => {
  const table = [
    ['face', 'full, 1280 × 800', 7, 8],
    ['face', 'full, 1280 × 800', 9, 10],
    ['face', 'full, 1280 × 800', 11, 12],
    ['face', 'full, 1280 × 800', 13, 16],
    ['face', 'full, 1280 × 800', 17, 20],
    ['face', 'full, 1280 × 800', 21, 25],
    ['face', 'full, 1920 × 1080', 21, 25],
    ['picture', 'full, 1280 × 800', 5, 6],
    ['picture', 'full, 1280 × 800', 7, 9],
    ['picture', 'full, 1280 × 800', 10, 12],
    ['picture', 'full, 1280 × 800', 13, 16],
    ['picture', 'full, 1920 × 1080', 21, 25],
  ] as const;
  test.each(table)('%s, %s: from %i to %i whole rows stay where they are', (kind, name, from, to) => {
    const frame = frames[name];
    if (!frame) throw new Error('it is in the table');
    const laid = (count: number) => layoutStage(many(count, kind), frame, choice()).placed;
    for (let count = from; count < to; count += 1) {
      const placed = laid(count);
      const lastRow = placed.at(-1)?.rect.y ?? 0;
      const whole = placed.filter(({ rect }) => rect.y < lastRow);
      expect(whole.length, `of ${count}`).toBeGreaterThan(0);
      expect(laid(count + 1).slice(0, whole.length)).toEqual(whole);
    }
  });
});

describe('tiles', () => {
  const options = { isFirstLarge: false, leastWidth: 224, gap: 12 };

  test.each([
    [1, 1],
    [2, 2],
    [4, 4],
    [9, 9],
    [14, 14],
    [25, 20],
    [49, 20],
  ])('of %i a page of 1248 × 600 shows %i', (count, perPage) => {
    expect(layoutTiles(count, area(1248, 600), options).perPage).toBe(perPage);
  });

  test('all keep 16:9 and one size', () => {
    for (let count = 1; count <= 25; count += 1) {
      const { cells } = layoutTiles(count, area(1248, 600), options);
      for (const { width, height } of cells) expect(width / height).toBeCloseTo(16 / 9, 5);
      expect(new Set(cells.map(({ width }) => width.toFixed(3))).size).toBe(1);
    }
  });

  test('a pinned one takes two by two cells and the others flow around it', () => {
    const { cells } = layoutTiles(9, area(1408, 603), { ...options, isFirstLarge: true });
    const [first, second, third, fourth] = cells;
    expect(cells).toHaveLength(9);
    expect(first?.width).toBeCloseTo(2 * (second?.width ?? 0) + 12, 5);
    expect(second?.y).toBe(first?.y);
    expect(third?.y).toBe(second?.y);
    expect(fourth?.y).toBeGreaterThan(second?.y ?? 0);
  });
});

describe('pages', () => {
  const frame = frames['full, 1280 × 800'];
  const phone = frames['full, a phone'];
  if (!frame || !phone) throw new Error('they are in the table');
  const crowd = [...many(24, 'picture'), me('picture')];

  test('everyone is on exactly one of them', () => {
    for (const one of [frame, phone]) {
      const { pages } = layoutStage(crowd, one, choice());
      expect(pages).toBeGreaterThan(1);
      const keys = Array.from({ length: pages }, (_, page) =>
        layoutStage(crowd, one, choice({ page })),
      ).flatMap(({ placed }) => placed.map(({ key }) => key));
      expect(keys).toEqual(crowd.map(({ key }) => key));
    }
  });

  test('one that is no more is the last', () => {
    const { page, pages } = layoutStage(crowd, frame, choice({ page: 9 }));
    expect(page).toBe(pages - 1);
  });

  test('the dock has none, and counts those out of sight', () => {
    const dock = frames['docked, 1280 wide'];
    if (!dock) throw new Error('it is in the table');
    const { placed, more, pages } = layoutStage(crowd, dock, choice());
    expect(pages).toBe(1);
    expect(more?.count).toBe(25 - placed.length);
  });
});

test('a low dock shows pictures in two rows before it counts the rest', () => {
  const frame = frames['docked, 1024 × 600'];
  if (!frame) throw new Error('it is in the table');
  const { placed, more } = layoutStage([...many(13, 'picture'), me('picture')], frame, choice());
  expect([placed.length, more?.count]).toEqual([9, 5]);
  for (const { rect } of placed) expect(rect.width).toBeGreaterThanOrEqual(116);
});

describe('beside a picture in a low window', () => {
  const frame = frames['docked, 1024 × 600'];
  if (!frame) throw new Error('it is in the table');

  test.each([
    { others: 4, faces: 4, count: null },
    { others: 13, faces: 3, count: 10 },
  ])('$others others: $faces of them show, and "+n" counts the rest', ({ others, faces, count }) => {
    const layout = layoutStage([item('bob', 'screen'), ...many(others)], frame, choice());
    const cells = layout.placed.filter(({ look }) => look === 'strip').map(({ rect }) => rect);
    expect(cells).toHaveLength(faces);
    expect(layout.more?.count ?? null).toBe(count);
    // Room for a face of 44 px and its name.
    for (const { width, height } of cells) expect(Math.min(width, height)).toBeGreaterThanOrEqual(66);
    const picture = layout.placed.find(({ look }) => look === 'main')?.rect;
    expect(picture?.height).toBe(196);
    expect(faults(layout, frame)).toEqual([]);
  });
});

describe('the own picture', () => {
  test.each(Object.entries(frames))('%s: stands in a corner of the large one', (_, frame) => {
    const { placed } = layoutStage([item('bob', 'picture'), me('picture')], frame, choice());
    expect(placed.map(({ key, look }) => [key, look])).toEqual([
      ['bob', 'main'],
      ['me', 'corner'],
    ]);
  });

  test('has 160 × 90 on a screen, 112 × 150 on a phone and 150 × 84 on one held sideways', () => {
    const sizes = ['full, 1280 × 800', 'full, a phone', 'full, a phone sideways'].map((name) => {
      const frame = frames[name];
      if (!frame) throw new Error('it is in the table');
      const { placed } = layoutStage([item('bob', 'picture'), me('picture')], frame, choice());
      const rect = placed.at(-1)?.rect;
      return [rect?.width, rect?.height];
    });
    expect(sizes).toEqual([
      [160, 90],
      [112, 150],
      [150, 84.375],
    ]);
  });

  test.each([
    // place, shape of the other picture, shape of the own one, its size, whether it stands beside the other
    ['docked, 1280 wide', 16 / 9, 9 / 16, [90, 160], false],
    ['docked, 1280 wide', 9 / 16, 3 / 4, [90, 120], true],
    ['docked, 1024 × 600', 9 / 16, 3 / 4, [74, 98], true],
    ['docked, a phone', 9 / 16, 3 / 4, [53, 70], true],
    ['full, 1920 × 1080', 9 / 16, 16 / 9, [160, 90], true],
    ['full, a phone', 9 / 16, 3 / 4, [112, 149], false],
    ['full, a phone', 16 / 9, 16 / 9, [150, 84], true],
    ['full, a phone sideways', 9 / 16, 3 / 4, [112, 149], true],
  ] as const)('%s: keeps its shape, on or beside one of %d', (name, theirs, mine, size, isBeside) => {
    const frame = frames[name];
    if (!frame) throw new Error('it is in the table');
    const items = [
      { ...item('bob', 'picture'), aspect: theirs },
      { ...me('picture'), aspect: mine },
    ];
    for (const corner of ['bottom-right', 'top-left'] as const) {
      const { placed } = layoutStage(items, frame, choice({ corner }));
      const [main, own] = placed.map(({ rect }) => rect);
      if (!main || !own) throw new Error('both are placed');
      expect([Math.round(own.width), Math.round(own.height)]).toEqual(size);
      const picture = fitInside(main, theirs);
      expect(overlaps(own, picture)).toBe(!isBeside);
      expect(faults({ ...layoutStage(items, frame, choice()), placed }, frame)).toEqual([]);
    }
  });

  test('moves to the nearest corner, and by arrow keys', () => {
    const outer = area(800, 400);
    expect(nearestCorner({ x: 100, y: 390 }, outer)).toBe('bottom-left');
    expect(nearestCorner({ x: 700, y: 10 }, outer)).toBe('top-right');
    expect(cornerByKey('bottom-right', 'ArrowUp')).toBe('top-right');
    expect(cornerByKey('top-right', 'ArrowLeft')).toBe('top-left');
    expect(cornerByKey('top-left', 'Enter')).toBe(null);
    expect(inCorner('top-right', { width: 160, height: 90 }, outer)).toEqual({
      x: 628,
      y: 12,
      width: 160,
      height: 90,
    });
  });
});
