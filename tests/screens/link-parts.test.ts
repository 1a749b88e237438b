import { expect, test } from 'vitest';
import { linkParts } from '@/app/(community)/_store/link-parts';

const links = (text: string) => linkParts(text).flatMap((part) => part.href ?? []);

test('an address in a sentence becomes a link without the sentence’s punctuation', () => {
  expect(linkParts('See https://example.org/a, please.')).toEqual([
    { text: 'See ', href: null },
    { text: 'https://example.org/a', href: 'https://example.org/a' },
    { text: ', please.', href: null },
  ]);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<b>x</b>',
  'ftp://example.org',
  'file:///etc/passwd',
  'JaVaScRiPt://example.org/%0aalert(1)',
  'https://',
])('%s stays plain words', (text) => {
  expect(links(text)).toEqual([]);
});

test('brackets around an address stay outside, brackets inside it stay in', () => {
  expect(links('(https://example.org/x)')).toEqual(['https://example.org/x']);
  expect(links('https://example.org/Parley_(mark)')).toEqual(['https://example.org/Parley_(mark)']);
});

test.each([
  ['https://example.com/a。谢谢', 'https://example.com/a'],
  ['看https://example.com/a，好', 'https://example.com/a'],
  ['（https://example.com/a）', 'https://example.com/a'],
  ['「https://example.com/a」を見て', 'https://example.com/a'],
  ['https://example.com/a、b！c？d：e', 'https://example.com/a'],
  ['https://例え.jp/パス', 'https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9'],
  ['שלום https://example.com/a.', 'https://example.com/a'],
])('%s ends where its own script says', (text, href) => {
  expect(links(text)).toEqual([href]);
});

test('an address without a scheme begins with www. and is opened by https', () => {
  expect(linkParts('see www.example.com/x_(y), OK?')).toEqual([
    { text: 'see ', href: null },
    { text: 'www.example.com/x_(y)', href: 'https://www.example.com/x_(y)' },
    { text: ', OK?', href: null },
  ]);
  expect(links('www.example awww.example.com example.com a@www.example.org')).toEqual([]);
});

test('an address that shows a user name, or turns its own letters around, is not what it looks like', () => {
  expect(links('https://bank.example@evil.example/ and https://a:b@evil.example')).toEqual([]);
  expect(links('https://example.com/\u202Egpj.exe')).toEqual(['https://example.com/']);
});

test('the longest message is searched in a moment, whatever it holds', () => {
  const hostile = [
    'https://a.b/((((',
    'https://',
    'www.',
    '看https://a.b。',
    'https://a:',
    'www.a.',
    `https://a.b/"'`,
  ];
  for (const part of hostile) {
    const startedAt = performance.now();
    linkParts(part.repeat(Math.ceil(4000 / part.length)).slice(0, 4000));
    expect(performance.now() - startedAt, part).toBeLessThan(1000);
  }
});

test('nothing that was written gets lost or changed', () => {
  const text = 'a https://example.org/?q=1&b=<2> http://b.example!! “https://c.example” end';
  expect(
    linkParts(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});

test('a quote or an angle bracket never becomes part of the address', () => {
  expect(links('https://example.org/"onmouseover="x')).toEqual(['https://example.org/']);
});
