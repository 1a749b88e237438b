import type { UserId } from '@/lib/ids';

/** The key under which the one direct conversation of two people stands, whoever of them asks. */
export function directPairOf(one: UserId, other: UserId): string {
  return one < other ? `${one}:${other}` : `${other}:${one}`;
}
