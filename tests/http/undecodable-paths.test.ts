import { expect, it } from 'vitest';
import { decodablePath } from '@/lib/http/undecodable-paths';

it.each([
  ['/api/calls/%ff%fe', '/api/calls/%EF%BF%BD'],
  ['/api/calls/%/accept', '/api/calls/%EF%BF%BD/accept'],
  ['/api/users/user_1/avatar/a%zz.webp?x=%ff', '/api/users/user_1/avatar/%EF%BF%BD?x=%ff'],
  ['/%c3%28/%80', '/%EF%BF%BD/%EF%BF%BD'],
])('%s is read as %s', (url, read) => {
  expect(decodablePath(url)).toBe(read);
  expect(() => decodeURIComponent(read.split('?')[0] ?? '')).not.toThrow();
});

it.each(['/', '/api/calls/a%2Fb', '/messages/%E2%82%AC', '/login?next=%ff', '/a?b?%', '*'])(
  '%s stays as it is',
  (url) => {
    expect(decodablePath(url)).toBe(url);
  },
);
