/** What decides about a person's seat. */
export type SeatedPerson = { id: string; isSelf: boolean; isSpeaking: boolean; hasPicture: boolean };

/** Who sits where, and who spoke last. */
export type Seats = {
  /** Ids in the order of their seats. */
  order: readonly string[];
  /** Ids of those who have spoken, the latest first. */
  spoke: readonly string[];
};

export const noSeats: Seats = { order: [], spoke: [] };

/** So many of those who spoke last keep their seats although others have a picture: a talk among them moves no tile. */
const latelyCount = 3;

/** The last of those who have been silent longest: the seats at the front change least. */
function lastSilent(ids: readonly string[], spoke: readonly string[]): string | null {
  const rankOf = (id: string) => (spoke.includes(id) ? spoke.indexOf(id) : Number.POSITIVE_INFINITY);
  return ids.reduce<string | null>(
    (held, next) => (held === null || rankOf(next) >= rankOf(held) ? next : held),
    null,
  );
}

const isSameList = (before: readonly string[], now: readonly string[]) =>
  before.length === now.length && before.every((id, index) => id === now[index]);

/**
 * Assigns seats so that speakers and pictures are in sight and no other participant moves: known people keep their
 * seats, newcomers come after them, this person is the last in sight. A speaker out of sight changes places with the
 * one in sight who has been silent longest, one without a picture if there is any; a picture out of sight does so with
 * the one without a picture that is not among the last three speakers. Returns `before` itself when nothing changes.
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
  const pictured = new Set(people.filter(({ hasPicture }) => hasPicture).map(({ id }) => id));
  const lately = spoke.slice(0, latelyCount);
  /** Takes the seat of the one in sight who has been silent longest among those who may go. */
  const bringIntoSight = (id: string, mayGo: (other: string) => boolean): boolean => {
    const from = others.indexOf(id);
    if (from < seats) return true;
    const to = lastSilent(
      others.slice(0, seats).filter((other) => other !== pinnedId && mayGo(other)),
      spoke,
    );
    if (to === null) return false;
    others[from] = to;
    others[others.indexOf(to)] = id;
    return true;
  };
  const isSilent = (other: string) => !speaking.includes(other);
  for (const id of speaking) {
    const isSeated = bringIntoSight(id, (other) => isSilent(other) && !pictured.has(other));
    if (!isSeated) bringIntoSight(id, isSilent);
  }
  for (const id of others.filter((other) => pictured.has(other)))
    bringIntoSight(id, (other) => isSilent(other) && !pictured.has(other) && !lately.includes(other));
  const order = self === null ? others : [...others.slice(0, seats), self, ...others.slice(seats)];
  if (isSameList(before.order, order) && isSameList(before.spoke, spoke)) return before;
  return { order, spoke };
}
