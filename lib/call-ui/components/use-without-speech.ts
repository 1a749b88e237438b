import { useRef } from 'react';
import type { CallParticipant } from '../view-models';

/** Of two functions that do the same for one person of one call, either will do. */
const isSame = (before: CallParticipant, now: CallParticipant) =>
  Object.entries(now).every(([key, value]) => {
    const old: unknown = Reflect.get(before, key);
    const isAction = typeof value === 'function' && typeof old === 'function';
    return key === 'isSpeaking' || isAction || Object.is(old, value);
  });

/**
 * The participants for parts that do not show speech: the same array until something other than speech changes. A speaker
 * changes several times a second, and with 25 people in a call everything else must stand still meanwhile.
 */
export function useWithoutSpeech(people: CallParticipant[]): CallParticipant[] {
  const last = useRef(people);
  const isUnchanged =
    last.current.length === people.length &&
    people.every((who, index) => {
      const before = last.current[index];
      return before !== undefined && isSame(before, who);
    });
  if (!isUnchanged) last.current = people;
  return last.current;
}
