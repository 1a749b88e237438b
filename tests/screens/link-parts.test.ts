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
