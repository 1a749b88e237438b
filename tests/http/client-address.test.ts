import { expect, it } from 'vitest';
import { clientAddress } from '@/lib/http/client-address';

const from = (peer: string, forwarded?: string) =>
  new Headers({ 'x-parley-peer': peer, ...(forwarded ? { 'x-forwarded-for': forwarded } : {}) });

it('a forwarded address is not believed from anyone', () => {
  expect(clientAddress(from('203.0.113.9', '1.2.3.4'), { PARLEY_TRUSTED_PROXIES: '' })).toBe('203.0.113.9');
});

it('a trusted proxy names the client, and what the client itself made up counts for nothing', () => {
  const env = { PARLEY_TRUSTED_PROXIES: '10.0.0.1, 10.0.0.2' };
  expect(clientAddress(from('::ffff:10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2'), env)).toBe('203.0.113.9');
});

it('an unknown address is null', () => {
  expect(
    clientAddress(new Headers({ 'x-forwarded-for': '1.2.3.4' }), { PARLEY_TRUSTED_PROXIES: '' }),
  ).toBeNull();
});
