import { readFileSync } from 'node:fs';
import { avatarHues } from '@parley/call-protocol';
import { describe, expect, test } from 'vitest';
import { avatarColour, linearLight } from '../support/avatar-colour';

const css = readFileSync('app/tokens.css', 'utf8');

/** The six-digit colours of one theme, by token. */
function coloursOf(theme: 'dark' | 'light'): Map<string, string> {
  const start = css.lastIndexOf(`[data-theme="${theme}"] {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  return luminanceOf([1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255));
}

function luminanceOf(colour: number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map(linearLight);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratioOf(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

const contrast = (one: string, other: string) => ratioOf(luminance(one), luminance(other));

const words = ['text', 'text-2', 'text-3', 'accent-text', 'green-text', 'red-text'];
const grounds = [
  'bg-rail',
  'bg-sidebar',
  'bg-main',
  'bg-raised',
  'bg-overlay',
  'bg-hover',
  'bg-selected',
  'stage',
  'stage-2',
  'tile',
];
const pairs: [string, string][] = [
  ...words.flatMap((word) => grounds.map((ground): [string, string] => [word, ground])),
  ['text', 'btn'],
  ['text-2', 'btn'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-green', 'green'],
  ['on-green', 'green-hover'],
  ['on-red', 'red'],
  ['on-red', 'red-hover'],
  ['text', 'accent-soft'],
  ['accent-text', 'accent-soft'],
  ['green-text', 'green-soft'],
  ['red-text', 'red-soft'],
  ['accent-text', 'control-on'],
];

describe.each(['dark', 'light'] as const)('in the %s theme', (theme) => {
  const colours = coloursOf(theme);
  const tooWeak = (all: [string, string][], least: number) =>
    all
      .map(([front, back]) => ({
        front,
        back,
        ratio: contrast(colours.get(front) ?? '', colours.get(back) ?? ''),
      }))
      .filter(({ ratio }) => !(ratio >= least))
      .map(({ front, back, ratio }) => `${front} on ${back}: ${ratio.toFixed(2)}`);

  test('words reach 4.5:1 wherever they stand', () => {
    expect(tooWeak(pairs, 4.5)).toEqual([]);
  });

  test('initials reach 4.5:1 on every avatar', () => {
    for (const hue of avatarHues) {
      const ink = luminanceOf(avatarColour(theme, 'avatar-ink', hue));
      const fill = luminanceOf(avatarColour(theme, 'avatar-fill', hue));
      expect(ratioOf(ink, fill), `hue ${hue}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('edges that must be seen reach 3:1', () => {
    expect(
      tooWeak(
        [
          ['edge', 'bg-main'],
          ['edge', 'bg-raised'],
          ['edge', 'bg-overlay'],
        ],
        3,
      ),
    ).toEqual([]);
  });
});
