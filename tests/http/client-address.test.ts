import { describe, expect, it } from 'vitest';
import { clientAddress, complainOfSharedAddresses } from '@/lib/http/client-address';
import { networkOf } from '@/lib/http/ip-address';
import { readTrustedProxies } from '@/lib/trusted-proxies.mjs';

const from = (peer: string, forwarded?: string) =>
  new Headers({ 'x-parley-peer': peer, ...(forwarded ? { 'x-forwarded-for': forwarded } : {}) });
const trusting = (PARLEY_TRUSTED_PROXIES: string) => ({ PARLEY_TRUSTED_PROXIES });

it('a forwarded address from an unknown proxy is ignored', () => {
  expect(clientAddress(from('203.0.113.9', '1.2.3.4'), trusting(''))).toBe('203.0.113.9');
});

it('a trusted proxy names the client, and what the client itself made up counts for nothing', () => {
  expect(
    clientAddress(from('::ffff:10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2'), trusting('10.0.0.1, 10.0.0.2')),
  ).toBe('203.0.113.9');
});

it('a range of proxies is trusted as a whole, in any notation of IPv6, and no address outside it', () => {
  const env = trusting('172.16.0.0/12,fd00::/8, ::1');
  for (const proxy of ['172.16.0.1', '::ffff:172.31.255.255', 'fdff::9', '0:0:0:0:0:0:0:1'])
    expect(clientAddress(from(proxy, '203.0.113.9'), env), proxy).toBe('203.0.113.9');
  for (const stranger of ['172.32.0.1', 'fe00::9', '::2'])
    expect(clientAddress(from(stranger, '203.0.113.9'), env), stranger).toBe(stranger);
});

it('a proxy that adds ports or brackets names the same client', () => {
  const env = trusting('10.0.0.1');
  const forwarded = (hop: string) => clientAddress(from('10.0.0.1', hop), env);
  expect(forwarded('203.0.113.9:50123')).toBe('203.0.113.9');
  expect(forwarded('[2001:db8::9]:50123')).toBe('2001:db8::9');
  expect(forwarded('[2001:db8::9]')).toBe('2001:db8::9');
});

describe('the network that limits count', () => {
  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
    ['2001:DB8:1:2::1', '2001:0db8:0001:0002:0:0:0:9'],
    ['2001:db8::1', '2001:db8:0:0:aaaa::'],
    ['fe80::1%eth0', 'fe80::2%eth1'],
    ['203.0.113.9', '::ffff:203.0.113.9'],
    ['203.0.113.9', '::FFFF:203.0.113.9'],
    ['203.0.113.9', '::ffff:cb00:7109'],
    ['203.0.113.9', '0:0:0:0:0:ffff:cb00:7109'],
    ['203.0.113.9', '64:ff9b::cb00:7109'],
  ])('is one for %s and %s', (one, other) => {
    expect(networkOf(one)).toBe(networkOf(other));
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['203.0.113.9', '203.0.113.10'],
    ['::ffff:203.0.113.9', '::ffff:203.0.113.10'],
    ['64:ff9b::cb00:7109', '64:ff9b::cb00:710a'],
  ])('differs for %s and %s', (one, other) => {
    expect(networkOf(one)).not.toBe(networkOf(other));
  });

  it('of what is no address is that text', () => {
    expect(networkOf('unknown')).toBe('unknown');
  });
});

it('an unknown address is null', () => {
  expect(clientAddress(new Headers({ 'x-forwarded-for': '1.2.3.4' }), trusting(''))).toBeNull();
});

it('what is no address and no range is named, with why', () => {
  const { wrong, trusts } = readTrustedProxies(
    '127.0.0.1, caddy, 10.0.0.0/33, ::1/129, 0.0.0.0/0, 10.0.0.1/, ',
  );
  expect(wrong).toEqual([
    '"caddy" is no address or range, such as 127.0.0.1 or 10.0.0.0/8',
    '"10.0.0.0/33" must end in /1 to /32',
    '"::1/129" must end in /1 to /128',
    '"0.0.0.0/0" would believe everybody',
    '"10.0.0.1/" must end in /1 to /32',
  ]);
  expect(trusts('127.0.0.1')).toBe(true);
});

describe('behind a web server that hides who asks', () => {
  const complaints = (trusted: string, isDemo = false) => {
    const said: string[] = [];
    const complain = complainOfSharedAddresses(
      { ...trusting(trusted), isDemo },
      { warn: (_: unknown, words?: string) => void said.push(words ?? '') },
    );
    return { said, complain };
  };
  const browser = { 'sec-fetch-site': 'same-origin' };

  it('the log says once that everyone shares its address, and what to set', () => {
    const { said, complain } = complaints('');
    for (let n = 0; n < 3; n++) complain('127.0.0.1', { ...browser, 'x-forwarded-for': '203.0.113.9' });
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/everyone shares one address.*127\.0\.0\.1.*PARLEY_TRUSTED_PROXIES/);
  });

  it('the log says so, too, when the web server forwards no address at all', () => {
    const { said, complain } = complaints('127.0.0.1');
    complain('127.0.0.1', browser);
    expect(said[0]).toMatch(/everyone shares one address.*X-Forwarded-For/);
  });

  it('nothing is said when all is well, of LiveKit’s and a monitor’s own requests, and in the demo', () => {
    const { said, complain } = complaints('127.0.0.1');
    complain('127.0.0.1', { ...browser, 'x-forwarded-for': '203.0.113.9' });
    complain('127.0.0.1', {});
    const demo = complaints('', true);
    demo.complain('127.0.0.1', { ...browser, 'x-forwarded-for': '203.0.113.9' });
    expect([...said, ...demo.said]).toEqual([]);
  });
});
