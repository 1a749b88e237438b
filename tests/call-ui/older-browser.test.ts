import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Firefox before 125 has no Intl.Segmenter.
beforeEach(() => {
  vi.resetModules();
  const { Segmenter: _, ...older } = Object.getOwnPropertyDescriptors(Intl);
  vi.stubGlobal('Intl', Object.defineProperties({}, older));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test('a browser without Intl.Segmenter imports initials and protocol, which count code points', async () => {
  expect('Segmenter' in Intl).toBe(false);
  const { initialOf, initialsOf } = await import('../../lib/call-ui/components/avatar-hue');
  const { countCharacters, optionalLine } = await import('@parley/call-protocol');
  expect(['Ada Lovelace', '🦊 Fuchs', '  '].map(initialsOf)).toEqual(['AL', '🦊', '?']);
  expect(initialOf('Weekend trip')).toBe('W');
  expect(countCharacters('é🦊')).toBe(2);
  expect(optionalLine(3).safeParse('abc').success).toBe(true);
  expect(optionalLine(3).safeParse('abcd').success).toBe(false);
});
