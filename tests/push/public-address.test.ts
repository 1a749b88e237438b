import { describe, expect, test } from 'vitest';
import { isPublicAddress } from '@/lib/push/public-address';

const notPublic = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:a01:203',
  '::127.0.0.1',
  '::ffff:0:10.0.0.1',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '3fff::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '2a00::1%1',
  'localhost',
  '',
];
const publicOnes = [
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '192.169.0.1',
  '2a00:1450::5',
  '64:ff9b::808:808',
  '2001:4860::8888',
];

describe('an address of a push service', () => {
  test.each(notPublic)('%s is not in the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  test.each(publicOnes)('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
