import 'server-only';
import { isIP, isIPv4, isIPv6 } from 'node:net';

/** Prefixes whose last 32 bits are an IPv4 address: mapped (RFC 4291, 2.5.5.2) and NAT64's own (RFC 6052, 2.1). */
const embeddingPrefixes = ['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'];
/** What a household or a server is given as a whole (RFC 6177, RFC 7421). */
const networkGroups = 4;

/**
 * Returns an address without the brackets and the port that some proxies add, and an IPv4 address that is
 * written as IPv6 as IPv4. Text that is no address is returned as it is.
 */
export function plainAddress(text: string): string {
  const trimmed = text.trim();
  const [, bracketed, withPort] = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(trimmed) ?? [];
  const address = bracketed ?? withPort ?? trimmed;
  if (isIP(address) === 0) return trimmed;
  return embeddedIPv4(address) ?? address;
}

/**
 * Returns what limits by address count: an IPv4 address, or the first 64 bits of an IPv6 address, because
 * one household has 2^64 of them. Text that is no address is its own network.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, networkGroups).join(':')}::/64` : plain;
}

function embeddedIPv4(address: string): string | null {
  if (isIPv4(address)) return null;
  const groups = groupsOf(address);
  if (!embeddingPrefixes.includes(groups.slice(0, 6).join(':'))) return null;
  const bytes = groups.slice(6).flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
  return bytes.join('.');
}

/** The eight groups of an IPv6 address, in the one form that the URL standard writes them in. */
function groupsOf(address: string): string[] {
  const [withoutZone = ''] = address.split('%');
  const canonical = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = canonical.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = new Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail];
}
