import type { CallParticipant, CallSummary } from '../view-models';

/** Returns whether two objects have equal values. Functions count as equal: they do the same for the same person of a call. */
function holdsSame(before: object, now: object): boolean {
  return Object.entries(now).every(([key, value]) => {
    const old: unknown = Reflect.get(before, key);
    if (key === 'person') return typeof old === 'object' && old !== null && holdsSame(old, value);
    return Object.is(old, value) || (typeof old === 'function' && typeof value === 'function');
  });
}

/**
 * The people of one call, of whom those that have not changed are the same objects as before, and the whole
 * list is the same when none has changed: a part of the page that shows one person renders for that person only.
 */
export function steadyPeople(before: CallParticipant[], now: CallParticipant[]): CallParticipant[] {
  const byId = new Map(before.map((who) => [who.person.id, who]));
  const people = now.map((who) => {
    const known = byId.get(who.person.id);
    return known && holdsSame(known, who) ? known : who;
  });
  const isSame = people.length === before.length && people.every((who, index) => who === before[index]);
  return isSame ? before : people;
}

/** The same summary as before when it says the same. */
export function steadySummary(before: CallSummary | null, now: CallSummary | null): CallSummary | null {
  return before && now && holdsSame(before, now) ? before : now;
}
