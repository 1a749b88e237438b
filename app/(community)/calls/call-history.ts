'use client';

import { useCalls } from '@parley/call-kit';
import type { CallEntry } from '@parley/call-protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { namedInEntry } from '@/lib/realtime/named-people';
import { api } from '../_store/api';
import { useCommunity, useCommunityStore } from '../_store/hooks';

type Filter = 'all' | 'missed';
type Held = { entries: readonly CallEntry[]; next: number | null };
type State = Held & {
  filter: Filter;
  status: 'loading' | 'ready' | 'failed';
  /** The key of the page that failed to load; null is the newest page. */
  missing: number | null;
  /** The key of the page that the person requested and that is loading. */
  busy: 'more' | 'retry' | null;
};

type History = {
  status: State['status'];
  entries: readonly CallEntry[];
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  isRetrying: boolean;
  retry: () => void;
};

const nothingYet = (filter: Filter): State => ({
  filter,
  status: 'loading',
  missing: null,
  busy: null,
  entries: [],
  next: null,
});

/** Merges the newest page into the list; older pages stay when the two overlap. */
function withNewest(was: Held, page: Held): Held {
  const last = page.entries.at(-1)?.callId;
  const meet = was.entries.findIndex((entry) => entry.callId === last);
  if (page.next === null || meet < 0) return page;
  return { entries: [...page.entries, ...was.entries.slice(meet + 1)], next: was.next };
}

/** Loads the call history in pages; reloads the newest when a call starts or ends, and after a stream gap. */
export function useCallHistory(filter: Filter): History {
  const store = useCommunityStore();
  const snapshotCount = useCommunity((state) => state.snapshotCount);
  const missedCallCount = useCommunity((state) => state.me.missedCallCount);
  const liveIds = useCalls()
    .live.map((call) => call.id)
    .join();
  const [state, setState] = useState(() => nothingYet(filter));
  const turn = useRef(0);

  const read = useCallback(
    async (before: number | null) => {
      const mine = before === null ? ++turn.current : turn.current;
      const isStill = (was: State) =>
        was.filter === filter && (before === null ? mine === turn.current : was.next === before);
      try {
        const page = await api.callHistory({
          filter: filter === 'missed' ? filter : undefined,
          before: before ?? undefined,
          ...store.people.naming(),
        });
        const { entries, nextBefore: next, people } = page;
        if (people) store.people.take(people, entries.flatMap(namedInEntry));
        setState((was) => {
          if (!isStill(was)) return was;
          const held =
            before === null
              ? withNewest(was, { entries, next })
              : { entries: [...was.entries, ...entries], next };
          return { ...was, status: 'ready', busy: null, ...held };
        });
      } catch {
        setState((was) => (isStill(was) ? { ...was, status: 'failed', missing: before, busy: null } : was));
      }
    },
    [filter, store],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: these say that the history has changed
  useEffect(() => {
    setState((was) => (was.filter === filter ? was : nothingYet(filter)));
    void read(null);
  }, [read, liveIds, snapshotCount, missedCallCount]);

  const ask = (busy: 'more' | 'retry', before: number | null) => {
    if (state.busy) return;
    setState((was) => ({ ...was, busy }));
    void read(before);
  };
  return {
    status: state.status,
    entries: state.entries,
    hasMore: state.next !== null,
    isLoadingMore: state.busy === 'more',
    loadMore: () => ask('more', state.next),
    isRetrying: state.busy === 'retry',
    retry: () => ask('retry', state.missing),
  };
}
