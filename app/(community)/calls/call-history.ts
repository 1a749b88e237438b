'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useCalls } from '@/lib/call-ui';
import type { CallEntry } from '@/lib/protocol';
import { api } from '../_store/api';
import { useCommunity } from '../_store/hooks';

type History = {
  status: 'loading' | 'ready' | 'failed';
  entries: readonly CallEntry[];
  hasMore: boolean;
  loadMore: () => void;
  retry: () => void;
};

/** The pages of the call history; read again when a call begins or ends, and after a gap. */
export function useCallHistory(filter: 'all' | 'missed'): History {
  const { snapshotCount, me } = useCommunity();
  const liveIds = useCalls()
    .live.filter((call) => call.status !== 'ended')
    .map((call) => call.id)
    .join();
  const [state, setState] = useState<{
    filter: string;
    status: History['status'];
    entries: readonly CallEntry[];
    next: number | null;
  }>({
    filter,
    status: 'loading',
    entries: [],
    next: null,
  });
  const turn = useRef(0);

  const read = useCallback(
    async (before: number | null) => {
      const mine = ++turn.current;
      try {
        const page = await api.callHistory(filter, before ?? undefined);
        if (mine !== turn.current) return;
        setState((was) => ({
          filter,
          status: 'ready',
          entries: before === null ? page.entries : [...was.entries, ...page.entries],
          next: page.nextBefore,
        }));
      } catch {
        if (mine === turn.current) setState((was) => ({ ...was, filter, status: 'failed' }));
      }
    },
    [filter],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: these say that the history has changed
  useEffect(() => {
    setState((was) => (was.filter === filter ? was : { filter, status: 'loading', entries: [], next: null }));
    void read(null);
  }, [read, liveIds, snapshotCount, me.missedCallCount]);

  return {
    status: state.status,
    entries: state.entries,
    hasMore: state.next !== null,
    loadMore: () => void read(state.next),
    retry: () => void read(null),
  };
}
