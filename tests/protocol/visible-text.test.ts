import {
  changeCommunitySchema,
  changeConversationSchema,
  changeMeSchema,
  channelSchema,
  createConversationSchema,
  isVisible,
  registerSchema,
  sendMessageSchema,
} from '@parley/call-protocol';
import { describe, expect, it } from 'vitest';

/** Every code point with this property, alone. */
function charactersWith(property: string): string[] {
  const has = new RegExp(`^\\p{${property}}$`, 'u');
  const found: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if (has.test(character)) found.push(character);
  }
  return found;
}

const named = (character: string) => `U+${character.codePointAt(0)?.toString(16).toUpperCase()}`;

describe('text that shows nothing', () => {
  it.each([
    'Default_Ignorable_Code_Point',
    'White_Space',
    'Variation_Selector',
    'M',
    'Cc',
    'Cs',
    'Zl',
    'Zp',
    'Noncharacter_Code_Point',
  ])('is every single character of %s', (property) => {
    const characters = charactersWith(property);
    expect(characters.length).toBeGreaterThan(0);
    expect(characters.filter(isVisible).map(named)).toEqual([]);
    expect(isVisible(characters.slice(0, 4000).join(' '))).toBe(false);
  });

  it.each([
    ['nothing at all', ''],
    ['zero-width spaces', '\u200B\u200B'],
    ['a word joiner and a byte order mark', '\u2060\uFEFF'],
    ['Hangul fillers', '\u3164\u115F\u1160\uFFA0'],
    ['blank Braille', '\u2800\u2800'],
    ['an accent without a letter', '\u0301'],
    ['tags', '\u{E0041}\u{E007F}'],
    ['variation selectors', '\uFE0F\u{E0100}'],
    ['joiners between nothing', '\u200D \u200C'],
    ['a change of direction', '\u202E\u202C\u2066\u2069'],
    ['a soft hyphen', '\u00AD'],
    ['the null notehead', '\u{1D159}'],
    ['half a pair', '\uD83D'],
  ])('is %s', (_, text) => {
    expect(isVisible(text)).toBe(false);
  });
});

describe('text that shows something', () => {
  it.each([
    ['a letter', 'a'],
    ['punctuation', '…'],
    ['a digit', '٣'],
    ['Thai with marks', 'น้ำ'],
    ['Devanagari with a joiner', 'क्‍ष'],
    ['Persian with a non-joiner', 'می‌خواهم'],
    ['Hangul', '한글'],
    ['Hangul by its parts', '\u1112\u1161\u11AB'],
    ['a family joined by ZWJ', '👨‍👩‍👧‍👦'],
    ['a rainbow flag', '🏳️‍🌈'],
    ['the flag of England, with tags', '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
    ['a flag of two letters', '🇪🇺'],
    ['a keycap', '#️⃣'],
    ['a heart with a variation selector', '❤️'],
    ['the end of a verse', '\u06DD'],
    ['a character that the engine does not know yet', '\u{1FAFF}'],
    ['words between invisible characters', '\u200Bhello\u200B'],
    ['a written Braille cell', '⠓'],
  ])('is %s', (_, text) => {
    expect(isVisible(text)).toBe(true);
  });

  it('is every letter, number, mark of punctuation and symbol but fillers and five blank symbols', () => {
    const hidden = ['L', 'N', 'P', 'S']
      .flatMap(charactersWith)
      .filter((character) => !isVisible(character))
      .map(named);
    const fillers = ['U+115F', 'U+1160', 'U+3164', 'U+FFA0'];
    expect(hidden.sort()).toEqual([...fillers, 'U+2800', 'U+FFFC', 'U+13441', 'U+13442', 'U+1D159'].sort());
  });
});

describe('what people type', () => {
  const nothing = ' \u200B\u3164 ';

  it.each([
    ['a message', sendMessageSchema, { text: nothing }],
    ['a display name', changeMeSchema, { displayName: nothing }],
    [
      'a display name of a new account',
      registerSchema,
      {
        username: 'alice',
        password: 'parley-demo',
        displayName: nothing,
      },
    ],
    ['a group’s title', changeConversationSchema, { title: nothing }],
    ['a channel’s title', channelSchema, { title: nothing }],
    ['the community’s name', changeCommunitySchema, { name: nothing }],
  ])('%s that shows nothing is refused', (_, schema, body) => {
    expect(schema.safeParse(body).success).toBe(false);
  });

  it('a title or words about oneself that may be left out are empty then', () => {
    expect(createConversationSchema.parse({ userIds: ['user_1'], title: nothing }).title).toBe('');
    expect(changeMeSchema.parse({ about: nothing }).about).toBe('');
  });

  it('is trimmed and kept otherwise', () => {
    expect(sendMessageSchema.parse({ text: ' 👨‍👩‍👧‍👦 ' }).text).toBe('👨‍👩‍👧‍👦');
    expect(changeMeSchema.parse({ displayName: ' Zoë ', about: ' hi ' })).toMatchObject({
      displayName: 'Zoë',
      about: 'hi',
    });
  });
});
