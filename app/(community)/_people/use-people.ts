import type { UserView } from '@parley/call-protocol';
import { useCallback, useState } from 'react';
import { foldName } from '@/lib/users/fold-name';
import { api } from '../_store/api';
import { useCommunity, useCommunityList, useCommunityStore } from '../_store/hooks';
import { byName, isMatch } from './names';
import { type Pages, usePages } from './use-pages';

/** People by name, for a list that may be longer than what is known of it. */
export type PeopleList = Omit<Pages<string>, 'items'> & {
  people: readonly UserView[];
  /** False until the first page is there: these are those who are known. */
  isRead: boolean;
  /** How many are here, when those who are here are read first and there is more to read of them. */
  hereCount: number | null;
};

/** Where the next page begins: among those who are here, or among all. */
type Place = { of: 'here' | 'all'; after?: string };
const atAll: Place = { of: 'all' };
const atHere: Place = { of: 'here' };
const pageSize = 100;

/**
 * Everyone in the community whose name has what was typed. Where everyone is known nothing is asked; in a large
 * community the server finds them, a page at a time, and until its first page is there those who are known are shown.
 *
 * @param areHereFirst whether the pages of everyone begin with those who are here
 */
export function usePeople(typed: string, areHereFirst = false): PeopleList {
  const store = useCommunityStore();
  const isAll = useCommunity((state) => state.memberCount === null);
  const [hereCount, setHereCount] = useState<number | null>(null);
  const readPage = useCallback(
    async (search: string, { of, after }: Place) => {
      const presence = of === 'here' ? of : undefined;
      const page = await api.people({ search: search || undefined, presence, after, limit: pageSize });
      store.people.take(page.users, []);
      setHereCount(page.next === null ? null : (page.count ?? null));
      const rest = of === 'here' ? atAll : null;
      const next = page.next === null ? rest : { of, after: page.next };
      return { items: page.users.map((user) => user.id), next };
    },
    [store],
  );
  const start = areHereFirst && typed.trim() === '' ? atHere : atAll;
  const { items, ...pages } = usePages(isAll ? null : typed, start, readPage);
  const people = useCommunityList<UserView>(({ users }) => {
    if (!isAll && items) return [...new Set(items)].flatMap((id) => users.get(id) ?? []);
    const found = [...users.values()].filter((user) => isMatch(user, typed));
    return found.sort(isAll ? byName : byFoldedName);
  });
  return { ...pages, people, isRead: isAll || items !== null, hereCount, hasMore: !isAll && pages.hasMore };
}

const folded = new WeakMap<UserView, string>();

/** The order in which the server's pages have them. */
export function byFoldedName(a: UserView, b: UserView): number {
  const [one, other] = [foldedName(a), foldedName(b)];
  if (one === other) return a.id < b.id ? -1 : 1;
  return one < other ? -1 : 1;
}

/** Once for each view: a list of thousands is sorted with every change of one. */
function foldedName(user: UserView): string {
  const known = folded.get(user);
  if (known !== undefined) return known;
  const name = foldName(user.displayName);
  folded.set(user, name);
  return name;
}
