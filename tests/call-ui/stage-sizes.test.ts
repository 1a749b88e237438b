import { describe, expect, test } from 'vitest';
import { type DockSize, dockHeight, dockRange, sizeAt, sizeByKey } from '@/lib/call-ui/stage/dock-size';
import { panBy, wholeScreen, zoomBy } from '@/lib/call-ui/stage/screen-zoom';

describe('the height of the docked call', () => {
  test.each<[windowHeight: number, voices: number, pictures: number]>([
    [1080, 288, 560],
    [900, 288, 540],
    [844, 288, 506],
    [800, 288, 480],
    // 240 px of messages stay.
    [600, 288, 300],
    [560, 260, 260],
    // No room for people beside the messages: a bar.
    [480, 60, 60],
    [390, 60, 60],
  ])('in a window of %i: voices %i, pictures %i', (windowHeight, voices, pictures) => {
    expect(dockHeight('half', dockRange(windowHeight, false))).toBe(voices);
    expect(dockHeight('half', dockRange(windowHeight, true))).toBe(pictures);
  });

  const range = dockRange(800, true);

  test.each<[height: number, size: DockSize | 'full']>([
    [-40, 'bar'],
    [60, 'bar'],
    [129, 'bar'],
    [131, 200],
    [260, 260],
    [447, 447],
    [448, 'half'],
    [500, 'half'],
    [532, 500],
    [533, 'full'],
    [790, 'full'],
  ])('let go at %i it becomes %s', (height, size) => {
    expect(sizeAt(height, range)).toBe(size);
  });

  test.each<[key: string, from: DockSize, to: DockSize | 'full' | null]>([
    ['Home', 'half', 'bar'],
    ['End', 'bar', 'full'],
    ['Enter', 260, 'half'],
    ['ArrowDown', 'bar', 200],
    ['ArrowDown', 200, 232],
    ['ArrowDown', 460, 'half'],
    ['ArrowDown', 'half', 500],
    ['ArrowDown', 500, 'full'],
    ['ArrowUp', 'half', 448],
    ['ArrowUp', 500, 'half'],
    ['ArrowUp', 220, 200],
    ['ArrowUp', 200, 'bar'],
    ['ArrowUp', 'bar', 'bar'],
    ['a', 'half', null],
  ])('%s leads from %s to %s', (key, from, to) => {
    expect(sizeByKey(key, from, range)).toBe(to);
  });

  test('in a low window keys lead from the bar to the full window', () => {
    const low = dockRange(390, true);
    expect([sizeByKey('ArrowDown', 'half', low), sizeByKey('ArrowUp', 'half', low)]).toEqual(['full', 'bar']);
    expect([sizeAt(60, low), sizeAt(200, low)]).toEqual(['bar', 'full']);
  });
});

describe('a part of a shared screen', () => {
  const frame = { width: 800, height: 500 };

  test('what is under the pointer stays under it', () => {
    const zoom = zoomBy(wholeScreen, 2, frame, { x: 100, y: -50 });
    expect(zoom).toEqual({ scale: 2, x: -100, y: 50 });
  });

  test('it is between one and four times as large', () => {
    expect(zoomBy(wholeScreen, 9, frame).scale).toBe(4);
    expect(zoomBy({ scale: 2, x: 300, y: 100 }, 0.1, frame)).toEqual(wholeScreen);
  });

  test('no edge of the picture comes into the frame', () => {
    const zoom = zoomBy(wholeScreen, 2, frame);
    expect(panBy(zoom, 5000, -5000, frame)).toEqual({ scale: 2, x: 400, y: -250 });
    expect(panBy(wholeScreen, 30, 30, frame)).toEqual(wholeScreen);
  });
});
