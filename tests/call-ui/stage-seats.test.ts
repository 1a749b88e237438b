import { describe, expect, test } from 'vitest';
import { assignSeats, noSeats, type Seats } from '@/lib/call-ui/stage/seats';

/** People by letters: a capital speaks, `z` is this person, a star after a letter is a picture. */
const people = (letters: string) =>
  [...letters.matchAll(/([a-z])(\*?)/gi)].map(([, letter = '', star]) => ({
    id: letter.toLowerCase(),
    isSelf: letter.toLowerCase() === 'z',
    isSpeaking: letter !== letter.toLowerCase(),
    hasPicture: star === '*',
  }));

/** The order after each of these moments. */
function ordersOf(inSight: number, pinnedId: string | null, ...moments: string[]): string[] {
  let seats: Seats = noSeats;
  return moments.map((letters) => {
    seats = assignSeats(seats, people(letters), inSight, pinnedId);
    return seats.order.join('');
  });
}

describe('seats', () => {
  test.each<[string, number, string[], string[]]>([
    ['no participant moves while all are in sight', 9, ['abcz', 'aBcz', 'abCz'], ['abcz', 'abcz', 'abcz']],
    ['newcomers come after those who are there', 9, ['abz', 'cabz'], ['abz', 'abcz']],
    ['who leaves moves those after them only', 9, ['abcdz', 'acdz'], ['abcdz', 'acdz']],
    ['this person is the last in sight', 3, ['abcdz'], ['abzcd']],
    ['a speaker in sight stays where they are', 4, ['abcdez', 'aBcdez'], ['abczde', 'abczde']],
    ['a speaker out of sight takes the seat silent longest', 4, ['abcdez', 'abcdEz'], ['abczde', 'abezdc']],
    [
      'those who spoke before keep their seats',
      4,
      ['abcdez', 'abCdez', 'aBcdez', 'abcDez'],
      ['abczde', 'abczde', 'abczde', 'dbczae'],
    ],
    ['who falls silent stays in sight', 4, ['abcdez', 'abcdEz', 'abcdez'], ['abczde', 'abezdc', 'abezdc']],
    ['with more speakers than seats the first stay', 3, ['ABCDz'], ['abzcd']],
    ['a picture out of sight comes into sight', 4, ['abcdez', 'abcd*ez'], ['abczde', 'abdzce']],
    ['with more pictures than seats the first stay', 3, ['a*b*c*d*z'], ['abzcd']],
    [
      'a speaker takes no seat of a picture while another is free',
      4,
      ['abc*dz', 'abc*Dz'],
      ['abczd', 'adczb'],
    ],
    ['where all have pictures a speaker takes one’s seat', 3, ['a*b*cz', 'a*b*Cz'], ['abzc', 'aczb']],
    [
      'a talk between those without pictures moves no tile',
      3,
      ['a*b*cz', 'a*b*Cz', 'a*b*cz', 'a*b*Cz'],
      ['abzc', 'aczb', 'aczb', 'aczb'],
    ],
  ])('%s', (_, inSight, moments, orders) => {
    expect(ordersOf(inSight, null, ...moments)).toEqual(orders);
  });

  test('a pinned person has the first seat while others speak', () => {
    expect(ordersOf(3, 'c', 'abcdz', 'abcDz', 'aBcdz')).toEqual(['cazbd', 'cdzba', 'cbzda']);
  });

  test('without a change it is the same object', () => {
    const seats = assignSeats(noSeats, people('abcz'), 3, null);
    expect(assignSeats(seats, people('abcz'), 3, null)).toBe(seats);
    const spoken = assignSeats(seats, people('Abcz'), 3, null);
    expect(assignSeats(spoken, people('Abcz'), 3, null)).toBe(spoken);
  });

  test('two who talk at once, out of sight and in it, do not change places with every event', () => {
    const orders = ordersOf(3, null, 'abcdz', 'abCDz', 'abcDz', 'abCDz', 'abcDz');
    expect(new Set(orders.slice(1)).size).toBe(1);
  });
});
