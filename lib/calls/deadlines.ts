/**
 * The next moment at which time alone changes a call, as this process knows it: what it has read and what its own
 * commits have written since. Another process may know an earlier one; the timers read the database for it.
 */
export type Deadlines = {
  /** A commit or a read says: not later than this, in milliseconds of `clock.now()`; null: nothing. */
  note(at: number | null): void;
  /** Forgets what was noted, before a read that will say it again. */
  clear(): void;
  /** The earliest moment noted; infinity without one. */
  next(): number;
};

/** One per process, in `deps`. */
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
