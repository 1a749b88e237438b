import type { CallParticipant } from '../shown';
import { isAway } from './who-is-here';

/** How many tiles stand side by side, so that `count` of them fill the window well. */
export function gridColumns(count: number, isNarrow: boolean): number {
  if (isNarrow) return count <= 2 ? 1 : count <= 8 ? 2 : 3;
  if (count <= 1) return 1;
  if (count <= 4) return 2;
  if (count <= 9) return 3;
  if (count <= 16) return 4;
  return 5;
}

/**
 * Where tile `index` begins in a grid of half-tile tracks: only the first of an unfilled last row
 * needs a place, which centres that row. Null leaves it to the flow.
 */
export function tileStart(index: number, count: number, columns: number): number | null {
  const inLastRow = count % columns;
  if (inLastRow === 0 || index !== count - inLastRow) return null;
  return columns - inLastRow + 1;
}

/** People who get a tile: those here and those who are rung; who is away only while there is room. */
export function peopleOnStage(people: CallParticipant[]): CallParticipant[] {
  const around = people.filter((who) => !isAway(who));
  const away = people.filter(isAway);
  return around.length + away.length <= 12 ? [...around, ...away] : around;
}

/** Who stands in the middle: a shared screen wins, then who speaks or spoke last, then anyone but me. */
export function inFocus(people: CallParticipant[], lastSpeakerId: string | null) {
  const sharer =
    people.find((who) => who.screen !== null && !who.isSelf) ?? people.find((who) => who.screen !== null);
  if (sharer) return { participant: sharer, source: 'screen' as const };
  const others = people.filter((who) => !who.isSelf && !isAway(who));
  const participant =
    others.find((who) => who.person.id === lastSpeakerId) ??
    others.find((who) => who.camera) ??
    others[0] ??
    people[0];
  return participant ? { participant, source: 'camera' as const } : null;
}
