import type { UserId } from '@/lib/ids';

/** Returns the key of two people's direct conversation; the order of the ids does not matter. */
export function directPairOf(one: UserId, other: UserId): string {
  return one < other ? `${one}:${other}` : `${other}:${one}`;
}
