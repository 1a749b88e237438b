import { type CallWords, english, german, pseudoWords, readyWords, wordFlaws } from '@parley/call-kit/words';
import { describe, expect, test } from 'vitest';

const words = readyWords(english);

test('a text without placeholders is a string, one with them a function', () => {
  expect(words.incoming.accept).toBe('Accept');
  expect(words.incoming.nameInGroup({ name: 'Alice', group: 'Weekend trip' })).toBe(
    'Incoming call from Alice in Weekend trip',
  );
});

test('a number chooses the plural, and a list is joined as people say it', () => {
  expect([1, 2].map((count) => words.bar.people({ count }))).toEqual(['1 person', '2 people']);
  expect(words.call.with({ names: ['Bob', 'Carol', 'Dave', 'Erin', 'Frank'] })).toBe(
    'with Bob, Carol and 3 others',
  );
  expect(words.incoming.alsoCalling({ count: 1, names: ['Bob'] })).toBe('Bob is calling, too');
});

test('a name keeps its own direction inside a sentence, a list each of its names', () => {
  expect(words.start.incoming({ name: 'عدي' })).toBe('\u2068عدي\u2069 is calling…');
  expect(words.call.with({ names: ['عدي', 'Bob'] })).toBe('with \u2068عدي\u2069 and Bob');
});

test('a name that looks like a placeholder stays a name', () => {
  expect(words.incoming.nameInGroup({ name: '{group}', group: 'Trip' })).toBe(
    'Incoming call from {group} in Trip',
  );
});

test('a language with more plurals than English uses its own', () => {
  const polish: CallWords = {
    ...english,
    locale: 'pl',
    bar: { ...english.bar, people: { one: '{count} osoba', few: '{count} osoby', other: '{count} osób' } },
  };
  const { people } = readyWords(polish).bar;
  expect([1, 2, 5].map((count) => people({ count }))).toEqual(['1 osoba', '2 osoby', '5 osób']);
});

test('in a sentence from right to left every name is isolated', () => {
  const mirrored: CallWords = { ...english, direction: 'rtl' };
  expect(readyWords(mirrored).start.incoming({ name: 'Bob' })).toBe('\u2068Bob\u2069 is calling…');
});

test('a catalogue is made ready once', () => {
  expect(readyWords(english)).toBe(words);
});

test('a mistake does not compile', () => {
  const { start: _start, ...withoutStart } = english;
  // None of them is called; `tsc` fails where the next line has no error.
  const mistakes = [
    // @ts-expect-error an id that does not exist
    () => words.incoming.refuse,
    // @ts-expect-error a parameter that the text does not have
    () => words.start.incoming({ name: 'Bob', group: 'Trip' }),
    // @ts-expect-error a parameter that is missing
    () => words.incoming.nameInGroup({ name: 'Bob' }),
    // @ts-expect-error a plural without its number
    () => words.bar.people({}),
    // @ts-expect-error a catalogue without a surface
    () => readyWords(withoutStart),
    // @ts-expect-error a plural without `other`
    () => readyWords({ ...english, bar: { ...english.bar, people: { one: '{count} person' } } }),
  ];
  expect(mistakes).toHaveLength(6);
});

describe('a catalogue', () => {
  test.each([english, german])('is whole: $locale', (catalogue) => {
    expect(wordFlaws(catalogue)).toEqual([]);
  });

  test('with a text left out, a placeholder mistaken or a plural missing is found', () => {
    const { microphone: _microphone, ...call } = german.call;
    const flawed = {
      ...german,
      locale: 'pl',
      call,
      start: { ...german.start, incoming: '{nam} ruft an' },
      more: { of: 'it' },
    } as unknown as CallWords;
    const flaws = wordFlaws(flawed);
    expect(flaws).toContain('call.microphone: missing');
    expect(flaws).toContain('start.incoming: without {name}');
    expect(flaws).toContain('start.incoming: unknown {nam}');
    expect(flaws).toContain('bar.people.few: missing');
    expect(flaws).toContain('more.of: unknown');
  });
});

describe('the pseudo-language', () => {
  const pseudo = pseudoWords(english);

  test('is nearly half longer than English, in brackets, and keeps its placeholders', () => {
    expect(wordFlaws(pseudo)).toEqual([]);
    expect(pseudo.start.call).toBe('⟦Çáłł ñé⟧');
    expect(pseudo.notices.soundBlocked.length / english.notices.soundBlocked.length).toBeGreaterThan(1.4);
  });

  test('wraps what is inserted in words of its own', () => {
    expect(readyWords(pseudo).start.incoming({ name: 'Bob' })).toMatch(/^⟦Bob .*⟧$/);
  });
});
