import 'server-only';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { plainAddress } from '@/lib/http/ip-address';

/** IPv4 that is not the public internet: IANA's special-purpose registry, multicast and what is reserved. */
const notPublic: [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
/** Of IPv6 only 2000::/3 is given out; within it these are no one machine's, or hold an IPv4 address. */
const notPublic6: [network: string, prefix: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const refused = new BlockList();
for (const [network, prefix] of notPublic) refused.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of notPublic6) refused.addSubnet(network, prefix, 'ipv6');
const given = new BlockList();
given.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an address belongs to the public internet. One that holds an IPv4 address (mapped, or of a NAT64) is judged
 * by that; every other form that could lead into a private network is not public.
 */
export function isPublicAddress(address: string): boolean {
  const plain = plainAddress(address);
  if (isIP(plain) === 0 || plain.includes('%')) return false;
  if (isIPv4(plain)) return !refused.check(plain, 'ipv4');
  return given.check(plain, 'ipv6') && !refused.check(plain, 'ipv6');
}
