import { useCallback, useEffect, useRef, useState } from 'react';

/** What was read of a long list so far. */
export type Pages<Item> = {
  /** Null until the first page is there. An item may stand on two pages when others moved between them meanwhile. */
  items: readonly Item[] | null;
  hasMore: boolean;
  status: 'ready' | 'loading' | 'failed';
  /** Reads the next page, or again the one that failed. */
  loadMore: () => void;
};

/** Typing faster than this asks once. */
const typingMs = 150;

type Held<Item, Place> = {
  search: string;
  items: readonly Item[] | null;
  next: Place | null;
  status: Pages<Item>['status'];
};

/**
 * Reads a list that is searched, a page at a time.
 *
 * @param typed what is searched for; null: nothing is read
 * @param start the place of the first page; changes with what is typed only, and `readPage` never
 */
export function usePages<Item, Place>(
  typed: string | null,
  start: Place,
  readPage: (search: string, place: Place) => Promise<{ items: readonly Item[]; next: Place | null }>,
): Pages<Item> {
  const isWanted = typed !== null;
  const search = typed?.trim() ?? '';
  const nothingOf = useCallback(
    (some: string): Held<Item, Place> => ({ search: some, items: null, next: start, status: 'loading' }),
    [start],
  );
  const [held, setHeld] = useState(() => nothingOf(search));
  const latest = useRef(held);
  const hold = useCallback((pages: Held<Item, Place>) => {
    latest.current = pages;
    setHeld(pages);
  }, []);

  const read = useCallback(async () => {
    const before = { ...latest.current, status: 'loading' as const };
    if (before.next === null) return;
    hold(before);
    const isLatest = () => latest.current === before;
    try {
      const { items, next } = await readPage(before.search, before.next);
      if (isLatest()) hold({ ...before, items: [...(before.items ?? []), ...items], next, status: 'ready' });
    } catch {
      if (isLatest()) hold({ ...before, status: 'failed' });
    }
  }, [readPage, hold]);

  useEffect(() => {
    if (!isWanted) return;
    hold(nothingOf(search));
    const timer = setTimeout(() => void read(), search === '' ? 0 : typingMs);
    return () => {
      clearTimeout(timer);
      hold(nothingOf(search));
    };
  }, [isWanted, search, nothingOf, hold, read]);

  const loadMore = () => {
    if (latest.current.status !== 'loading') void read();
  };
  // Of another search than what is typed now: the effect has not run yet.
  const { items, next, status } = held.search === search ? held : nothingOf(search);
  return { items, hasMore: next !== null, status, loadMore };
}
