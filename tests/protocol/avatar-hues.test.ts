import { avatarHues, hueAt } from '@parley/call-protocol';
import { describe, expect, it } from 'vitest';
import { avatarColour, differenceOf, type Theme } from '../support/avatar-colour';

/** How different the avatars of two hues look in a theme, in hundredths of OKLab. */
const difference = (theme: Theme, one: number, other: number) =>
  differenceOf(avatarColour(theme, 'avatar-fill', one), avatarColour(theme, 'avatar-fill', other));

describe('the hues of avatars', () => {
  it('are never red, nor green or nearly so: those mean decline and accept', () => {
    for (const hue of avatarHues) {
      expect((hue > 20 && hue <= 80) || (hue > 165 && hue < 350), `hue ${hue}`).toBe(true);
    }
  });

  it.each([
    { theme: 'dark', any: 3.3, next: 10, ofFive: 5.4 },
    { theme: 'light', any: 1.9, next: 5.6, ofFive: 3 },
  ] as const)('look different from each other in the $theme theme', ({ theme, any, next, ofFive }) => {
    const pairs = avatarHues.flatMap((one, at) => avatarHues.slice(at + 1).map((other) => [one, other]));
    expect(pairs).toHaveLength(66);
    for (const [one = 0, other = 0] of pairs)
      expect(difference(theme, one, other), `${one} and ${other}`).toBeGreaterThan(any);
    // People who joined one after another, and any two of five in a row.
    for (let place = 0; place < 24; place += 1) {
      expect(difference(theme, hueAt(place), hueAt(place + 1))).toBeGreaterThan(next);
      for (const later of [2, 3, 4])
        expect(difference(theme, hueAt(place), hueAt(place + later))).toBeGreaterThan(ofFive);
    }
  });

  it('begin again after twelve', () => {
    for (let place = 0; place < 24; place += 1) {
      expect(new Set(Array.from({ length: 12 }, (_, n) => hueAt(place + n))).size).toBe(12);
      expect(hueAt(place + 12)).toBe(hueAt(place));
    }
  });
});
