import 'server-only';
import { and, asc, isNull } from 'drizzle-orm';
import { isLivePart } from '@/db/conditions';
import { participations, users } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import { isAfter, type NamePlace, type PeopleSearch, searchPart } from './find-people';

type PeopleDeps = Pick<Deps, 'db' | 'presence' | 'clock'>;
type PersonHere = NamePlace & { id: UserId; username: string };

/** So many people are looked at before other work gets its turn. */
const lookedAtInARow = 1000;
/** A list is used again for this many times as long as reading it took: reading takes 5 % of the time at most. */
const usedFor = 20;

/** By database, because everyone sees the same list. */
const lists = new WeakMap<object, { read: Promise<PersonHere[]>; isOld: () => boolean }>();

/**
 * One page of the people who are in a call or online, in the order of their names. It may be as old as `usedFor` says:
 * who has left since is returned with the presence that they have now.
 *
 * @returns besides what `findPeople` returns, how many are here in all
 */
export async function findPeopleHere(
  deps: PeopleDeps,
  { search, after, limit }: PeopleSearch,
): Promise<{ ids: UserId[]; next: NamePlace | null; count: number }> {
  const part = searchPart(search);
  const all = (await listOf(deps)).filter(
    ({ sortName, username }) => sortName.includes(part) || username.includes(part),
  );
  const first = after ? all.findIndex((person) => isBehind(person, after)) : 0;
  const rest = first < 0 ? [] : all.slice(first, first + limit + 1);
  const found = rest.slice(0, limit);
  const last = found.at(-1);
  return {
    ids: found.map(({ id }) => id),
    next: rest.length > limit && last ? { sortName: last.sortName, id: last.id } : null,
    count: all.length,
  };
}

const isBehind = (person: NamePlace, place: NamePlace) =>
  person.sortName > place.sortName || (person.sortName === place.sortName && person.id > place.id);

/** The list as it was read last, for all who ask until it is old. */
function listOf(deps: PeopleDeps): Promise<PersonHere[]> {
  const kept = lists.get(deps.db);
  if (kept && !kept.isOld()) return kept.read;
  const startedAt = deps.clock.now();
  let oldAt = Number.POSITIVE_INFINITY;
  const read = readList(deps);
  read.then(
    () => {
      const now = deps.clock.now();
      oldAt = now + (now - startedAt) * usedFor;
    },
    // Who asks next tries again.
    () => {
      oldAt = Number.NEGATIVE_INFINITY;
    },
  );
  lists.set(deps.db, { read, isOld: () => deps.clock.now() >= oldAt });
  return read;
}

async function readList({ db, presence }: PeopleDeps): Promise<PersonHere[]> {
  const parts = await db.select({ id: participations.userId }).from(participations).where(isLivePart);
  const inCall = new Set(parts.map(({ id }) => id));
  const here: PersonHere[] = [];
  for (let after: NamePlace | undefined, isMore = true; isMore; ) {
    const rows = await db
      .select({ id: users.id, sortName: users.sortName, username: users.username })
      .from(users)
      .where(and(isAfter(after), isNull(users.suspendedAt)))
      .orderBy(asc(users.sortName), asc(users.id))
      .limit(lookedAtInARow);
    const shown = await presence.shown(rows.map(({ id }) => id));
    for (const row of rows) if (shown.get(row.id)?.isOnline || inCall.has(row.id)) here.push(row);
    after = rows.at(-1);
    isMore = rows.length === lookedAtInARow;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return here;
}
