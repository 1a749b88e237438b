import type { CallParticipant } from '../view-models';
import { isAway } from './participant-presence';

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
 * A stable order, in which a newcomer moves no participant who was there before: known ones
 * as they stood, newcomers after them, this person last.
 *
 * @param before ids in the order they stood until now
 */
export function inTheirPlaces(before: readonly string[], people: CallParticipant[]): CallParticipant[] {
  const place = (who: CallParticipant) => {
    const known = before.indexOf(who.person.id);
    return who.isSelf ? Number.POSITIVE_INFINITY : known < 0 ? before.length : known;
  };
  return [...people].sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
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
