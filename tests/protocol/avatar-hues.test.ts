import { avatarHues, hueAt } from '@parley/call-protocol';
import { describe, expect, it } from 'vitest';

const distance = (one: number, other: number) => {
  const turn = Math.abs(one - other) % 360;
  return Math.min(turn, 360 - turn);
};

describe('the hues of avatars', () => {
  it('are twelve, at least 26 degrees from each other', () => {
    const pairs = avatarHues.flatMap((one, at) => avatarHues.slice(at + 1).map((other) => [one, other]));
    expect(pairs).toHaveLength(66);
    expect(Math.min(...pairs.map(([one = 0, other = 0]) => distance(one, other)))).toBe(26);
  });

  it('are never pure red or green, which mean decline and accept', () => {
    for (const hue of avatarHues) {
      expect((hue > 20 && hue < 100) || (hue > 165 && hue < 350), `hue ${hue}`).toBe(true);
    }
  });

  it('of people who joined one after another differ strongly, and begin again after twelve', () => {
    for (let place = 0; place < 24; place += 1) {
      expect(distance(hueAt(place), hueAt(place + 1))).toBeGreaterThanOrEqual(130);
      for (const later of [2, 3, 4]) {
        expect(distance(hueAt(place), hueAt(place + later))).toBeGreaterThanOrEqual(52);
      }
      expect(new Set(Array.from({ length: 12 }, (_, n) => hueAt(place + n))).size).toBe(12);
      expect(hueAt(place + 12)).toBe(hueAt(place));
    }
  });
});
