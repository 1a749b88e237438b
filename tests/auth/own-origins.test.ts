import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { ownOrigins } from '@/lib/auth/own-origins';

const origins = (HOSTNAME: string, PARLEY_URL?: string) => [
  ...ownOrigins({ HOSTNAME, PORT: 3000, PARLEY_URL }),
];

test('the demo is ours under both names of this machine, and under the address it listens on', () => {
  expect(origins('127.0.0.1')).toEqual(['http://localhost:3000', 'http://127.0.0.1:3000']);
  expect(origins('192.168.1.5')).toContain('http://192.168.1.5:3000');
  expect(origins('::1')).toContain('http://[::1]:3000');
});

test.each(['0.0.0.0', '::'])(
  'a demo on every address (%s) is ours under each that this machine has',
  (host) => {
    const found = origins(host);
    for (const { address, scopeid } of Object.values(networkInterfaces()).flatMap((known) => known ?? [])) {
      if (scopeid) continue;
      expect(found).toContain(
        new URL(`http://${address.includes(':') ? `[${address}]` : address}:3000`).origin,
      );
    }
    expect(found).not.toContain('http://evil.example:3000');
  },
);

test('with a public address only that one is ours, wherever the server listens', () => {
  expect(origins('0.0.0.0', 'https://talk.example.org/')).toEqual(['https://talk.example.org']);
});
