import type { CallParticipant } from '../view-models';
import type { Words } from '../words/ready-words';

/** Being rung right now. */
export const isRung = (who: CallParticipant) => who.state === 'calling' || who.state === 'ringing';

/** In the call, or on the way in or back. */
export const isPresent = (who: CallParticipant) =>
  who.state === 'in_call' || who.state === 'connecting' || who.state === 'rejoining';

/** Neither here nor being rung. */
export const isAway = (who: CallParticipant) => !isPresent(who) && !isRung(who);

/**
 * The participant whose absence will end the call: the only other one, disconnected and expected back. Null while
 * another participant is present or being rung.
 */
export function lastOneMissing(people: CallParticipant[]): CallParticipant | null {
  const others = people.filter((who) => !who.isSelf);
  if (others.some(isRung)) return null;
  const inIt = others.filter(isPresent);
  const [only] = inIt;
  return inIt.length === 1 && only?.state === 'rejoining' ? only : null;
}

/** "5 people", "5 people, 1 still ringing". */
export function headCount(people: CallParticipant[], { bar }: Words): string {
  const here = bar.people({ count: people.filter(isPresent).length });
  const rung = people.filter(isRung).length;
  return rung > 0 ? bar.stillRinging({ count: rung, people: here }) : here;
}
