/** What decides about a person's seat. */
export type SeatedPerson = { id: string; isSelf: boolean; isSpeaking: boolean };

/** Who sits where, and who spoke last. */
export type Seats = {
  /** Ids in the order of their seats. */
  order: readonly string[];
  /** Ids of those who have spoken, the latest first. */
  spoke: readonly string[];
};

export const noSeats: Seats = { order: [], spoke: [] };

const isSameList = (before: readonly string[], now: readonly string[]) =>
  before.length === now.length && before.every((id, index) => id === now[index]);

/**
 * Assigns seats so that speakers are in sight and no other participant moves: known people keep their seats, newcomers
 * come after them, this person is the last in sight. A speaker out of sight changes places with the one in sight who
 * has been silent longest. Returns `before` itself when nothing changes.
 *
 * @param people everyone, in any order
 * @param inSight how many seats are in sight
 * @param pinnedId always has the first seat
 */
export function assignSeats(
  before: Seats,
  people: readonly SeatedPerson[],
  inSight: number,
  pinnedId: string | null,
): Seats {
  const present = new Set(people.map(({ id }) => id));
  const speaking = people.filter(({ isSpeaking }) => isSpeaking).map(({ id }) => id);
  const spoke = [...speaking, ...before.spoke.filter((id) => present.has(id) && !speaking.includes(id))];

  const self = people.find(({ isSelf }) => isSelf)?.id ?? null;
  const known = before.order.filter((id) => present.has(id) && id !== self);
  const newcomers = people.filter(({ id }) => id !== self && !known.includes(id)).map(({ id }) => id);
  const others = [...known, ...newcomers];
  if (pinnedId !== null && pinnedId !== self && others.includes(pinnedId)) {
    others.splice(others.indexOf(pinnedId), 1);
    others.unshift(pinnedId);
  }
  const seats = Math.max(1, inSight - (self === null ? 0 : 1));
  for (const id of speaking) {
    const from = others.indexOf(id);
    if (from < seats) continue;
    const silent = others
      .slice(0, seats)
      .filter((other) => !speaking.includes(other) && other !== pinnedId)
      .map((other) => ({
        other,
        rank: spoke.includes(other) ? spoke.indexOf(other) : Number.POSITIVE_INFINITY,
      }));
    const [first] = silent;
    if (!first) break;
    // The last of those silent longest: the seats at the front change least.
    const longest = silent.reduce((held, next) => (next.rank >= held.rank ? next : held), first);
    const to = others.indexOf(longest.other);
    others[to] = id;
    others[from] = longest.other;
  }
  const order = self === null ? others : [...others.slice(0, seats), self, ...others.slice(seats)];
  if (isSameList(before.order, order) && isSameList(before.spoke, spoke)) return before;
  return { order, spoke };
}
