import type { CallParticipant } from '../shown';

/** Being rung right now. */
export const isRung = (who: CallParticipant) => who.state === 'calling' || who.state === 'ringing';

/** In the call, or on the way in or back. */
export const isHere = (who: CallParticipant) =>
  who.state === 'in_call' || who.state === 'connecting' || who.state === 'rejoining';

/** Neither here nor being rung. */
export const isAway = (who: CallParticipant) => !isHere(who) && !isRung(who);

/**
 * The person whose absence will end the call: the only other one in it, and gone for now. Null while
 * anyone else is here or being rung.
 */
export function lastOneMissing(people: CallParticipant[]): CallParticipant | null {
  const others = people.filter((who) => !who.isSelf);
  if (others.some(isRung)) return null;
  const inIt = others.filter(isHere);
  const [only] = inIt;
  return inIt.length === 1 && only?.state === 'rejoining' ? only : null;
}

/** "5 people", "5 people, 1 still ringing". */
export function headCount(people: CallParticipant[]): string {
  const here = people.filter(isHere).length;
  const rung = people.filter(isRung).length;
  const count = here === 1 ? '1 person' : `${here} people`;
  return rung > 0 ? `${count}, ${rung} still ringing` : count;
}
