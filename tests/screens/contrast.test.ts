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

describe('the call kit without any colour of an app', () => {
  const theme = readFileSync('lib/call-ui/components/theme.module.css', 'utf8');
  /** The kit's own colours, light and dark. */
  const own = new Map(
    [...theme.matchAll(/--k-([a-z0-9-]+): var\(--call-[a-z0-9-]+, ([^;]+)\);/g)].map(
      ([, name = '', value = '']) => {
        const colours = [...value.matchAll(/#[0-9a-f]{3,6}/g)].map(([hex]) =>
          hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex,
        );
        return [name, [colours[0] ?? '', colours[1] ?? colours[0] ?? '']];
      },
    ),
  );
  const readable: [word: string, grounds: string[]][] = [
    ['text', ['surface', 'page', 'raised', 'stage', 'stage-2', 'tile', 'button']],
    ['text-2', ['surface', 'page', 'raised', 'stage', 'stage-2', 'tile']],
    ['text-3', ['surface', 'page', 'raised', 'stage', 'tile']],
    ['accept-text', ['surface', 'page', 'stage', 'accept-soft']],
    ['danger-text', ['surface', 'page', 'stage', 'danger-soft']],
    ['on-accent', ['accent']],
    ['on-accept', ['accept']],
    ['on-danger', ['danger']],
  ];
  const cases = readable.flatMap(([word, grounds]) => grounds.map((ground) => [word, ground] as const));

  test.each(cases)('%s can be read on %s in light and dark', (word, ground) => {
    for (const scheme of [0, 1]) {
      const [ink, paper] = [own.get(word)?.[scheme], own.get(ground)?.[scheme]];
      expect(contrast(ink ?? '', paper ?? '')).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('what is light in one scheme is dark in the other', () => {
    for (const name of ['surface', 'page', 'stage', 'tile', 'button']) {
      const [light = '', dark = ''] = own.get(name) ?? [];
      expect(luminance(light), name).toBeGreaterThan(0.7);
      expect(luminance(dark), name).toBeLessThan(0.1);
    }
  });
});
