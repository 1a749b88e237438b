import type { ServerLink } from '@/lib/realtime/server-link';

/**
 * The next moment at which time alone changes a call, as this process knows it: what it has read and what its own
 * commits have written since. Another process may know an earlier one, and sends it to the one that runs the timers;
 * where that is lost the timers read it in the database.
 */
export type Deadlines = {
  /** A commit or a read says: not later than this, in milliseconds of `clock.now()`; null: nothing. */
  note(at: number | null): void;
  /** Forgets what was noted, before a read that will say it again. */
  clear(): void;
  /** The earliest moment noted; infinity without one. */
  next(): number;
};

/** One per process, in `deps`, where it is the only one. */
export function makeDeadlines(): Deadlines {
  let earliest = Number.POSITIVE_INFINITY;
  return {
    note(at) {
      if (at !== null && at < earliest) earliest = at;
    },
    clear() {
      earliest = Number.POSITIVE_INFINITY;
    },
    next: () => earliest,
  };
}

/** The same of several processes: what one without the lease notes is sent to the one that has it. */
export function makeSharedDeadlines(
  link: Pick<ServerLink, 'handle' | 'send'>,
  isHolder: () => boolean,
): Deadlines {
  const own = makeDeadlines();
  // Not counted: what is lost on the way is read from the database within seconds.
  link.handle('deadline', { isCounted: false, receive: (at) => own.note(Number(at)) });
  return {
    ...own,
    note(at) {
      own.note(at);
      if (at !== null && !isHolder()) link.send('deadline', at);
    },
  };
}
