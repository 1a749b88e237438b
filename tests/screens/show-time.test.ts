import { expect, test } from 'vitest';
import { isMatch } from '@/app/(community)/_people/names';
import { clockText, dateText, relativeDayText, shortText } from '@/app/(community)/_store/show-time';
import { catalogues, translatorOf } from '@/languages/catalogues';
import { t } from '../support/english';

const now = new Date(2026, 2, 11, 0, 30).getTime();
const at = (day: number, hour: number, minute: number) => new Date(2026, 2, day, hour, minute).getTime();

test('days follow the calendar, not 24 hours', () => {
  expect(relativeDayText(t, at(11, 0, 1), now)).toBe('Today');
  expect(relativeDayText(t, at(10, 23, 59), now)).toBe('Yesterday');
  expect(relativeDayText(t, at(9, 23, 59), now)).toBeNull();
  expect(dateText(t, at(9, 12, 0), now)).toBe('Monday 9 March');
  expect(dateText(t, new Date(2025, 2, 9, 12, 0).getTime(), now)).toBe('9 March 2025');
});

test('a list says the time today, the weekday this week, else the date', () => {
  expect(shortText(t, at(11, 0, 1), now)).toBe('00:01');
  expect(shortText(t, at(10, 23, 59), now)).toBe('Tue');
  expect(shortText(t, at(4, 0, 0), now)).toBe('4 Mar');
});

test.each([
  ['de', '00:45', '09:05', '17:30'],
  ['en-GB', '00:45', '09:05', '17:30'],
  ['en-US', '12:45 AM', '9:05 AM', '5:30 PM'],
])('at any hour, times in %s are written as its readers write them', (locale, night, morning, evening) => {
  const reader = translatorOf(catalogues.en, locale);
  const written = [at(11, 0, 45), at(11, 9, 5), at(11, 17, 30)].map((time) =>
    // The space before AM is narrow and does not break.
    clockText(reader, time).replace(/\s/g, ' '),
  );
  expect(written).toEqual([night, morning, evening]);
});

test('a person is found by any part of the name, whatever case or accent', () => {
  const tomas = { displayName: 'Tomás Ñandú', username: 'tomas' };
  expect(['tomas', 'TOMÁ', 'nandu', '@tomas', ' as ñ'].map((typed) => isMatch(tomas, typed))).toEqual(
    Array(5).fill(true),
  );
  expect(isMatch(tomas, 'bob')).toBe(false);
});
