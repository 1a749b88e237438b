import { expect, test } from 'vitest';
import { isMatch } from '@/app/(community)/_people/names';
import { dayText } from '@/app/(community)/_store/show-time';
import { t } from '../support/english';

const now = new Date(2026, 2, 11, 0, 30).getTime();

test('days follow the calendar, not 24 hours', () => {
  expect(dayText(t, new Date(2026, 2, 11, 0, 1).getTime(), now)).toBe('Today');
  expect(dayText(t, new Date(2026, 2, 10, 23, 59).getTime(), now)).toBe('Yesterday');
  expect(dayText(t, new Date(2026, 2, 9, 12, 0).getTime(), now)).toMatch(/Monday.*9|Monday.*March/);
  expect(dayText(t, new Date(2025, 2, 9, 12, 0).getTime(), now)).toContain('2025');
});

test('a person is found by any part of the name, whatever case or accent', () => {
  const tomas = { displayName: 'Tomás Ñandú', username: 'tomas' };
  expect(['tomas', 'TOMÁ', 'nandu', '@tomas', ' as ñ'].map((typed) => isMatch(tomas, typed))).toEqual(
    Array(5).fill(true),
  );
  expect(isMatch(tomas, 'bob')).toBe(false);
});
