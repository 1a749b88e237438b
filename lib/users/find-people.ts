import 'server-only';
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import { contains } from '@/db/conditions';
import { users } from '@/db/schema';
import type { Readable, Store } from '@/db/store';
import type { UserId } from '@/lib/ids';
import { foldName } from './fold-name';

/** A place in the order of names: what follows it stands on the next page, also when people come and go meanwhile. */
export type NamePlace = { sortName: string; id: string };
const start: NamePlace = { sortName: '', id: '' };

/** Who is in the community and stands after this place. The index `users_by_name` finds them in their order. */
export const isAfter = ({ sortName, id }: NamePlace = start) =>
  and(isNull(users.removedAt), sql`(${users.sortName}, ${users.id}) > (${sortName}, ${id})`);

/** One page of a list of people: where it begins, and how many it has at most. */
export type PeopleSearch = {
  /** A part of the name or the username, whatever its case and accents; empty: everyone. */
  search: string;
  after?: NamePlace | undefined;
  limit: number;
};

/** What a name or a username must contain to be found. */
export const searchPart = (search: string): string => foldName(search).replace(/^@/, '');

/**
 * One page of people in the order of their names. A name that has what is searched for anywhere is found, so every name
 * of the index is looked at: 3 ms for 10,000 people who all lack it.
 *
 * @returns their ids, and the place at which the next page begins, or null after the last one
 */
export async function findPeople(
  q: Readable,
  { search, after, limit }: PeopleSearch,
): Promise<{ ids: UserId[]; next: NamePlace | null }> {
  const part = searchPart(search);
  const isWanted = or(contains(users.sortName, part), contains(users.username, part));
  const rows = await q
    .select({ id: users.id, sortName: users.sortName })
    .from(users)
    .where(and(isAfter(after), part === '' ? undefined : isWanted))
    .orderBy(asc(users.sortName), asc(users.id))
    .limit(limit + 1);
  const found = rows.slice(0, limit);
  return {
    ids: found.map((row) => row.id),
    next: rows.length > limit ? (found.at(-1) ?? null) : null,
  };
}

/** Gives everyone their place in the order who came before there was one, or past the commands; at a start. */
export async function fillSortNames({ db, transaction }: Pick<Store, 'db' | 'transaction'>): Promise<void> {
  const rows = await db
    .select({ id: users.id, displayName: users.displayName })
    .from(users)
    .where(and(isNull(users.removedAt), eq(users.sortName, '')));
  if (rows.length === 0) return;
  await transaction(async (tx) => {
    for (const { id, displayName } of rows) {
      await tx
        .update(users)
        .set({ sortName: foldName(displayName) })
        // Another server may have filled it meanwhile, and the person have a new name.
        .where(and(eq(users.id, id), eq(users.sortName, '')));
    }
  });
}
