import 'server-only';
import { performance } from 'node:perf_hooks';
import type { Clock } from '@/lib/clock';

/** Measurements older than this say nothing: the processes' monotonic clocks have drifted since. */
const keptMs = 10_000;

/** A clock whose `now()` agrees with that of the other servers of a community. */
export type SharedClock = Clock & {
  /** Milliseconds of this process only: for pauses and patience, never stored. */
  monotonic(): number;
  /**
   * The lease's holder said, a moment ago, that it was `at`.
   *
   * @param term of the lease; what an earlier holder says late is ignored
   */
  follow(term: number, at: number): void;
  /** This process now says what time it is: as before where it followed, else by its wall clock. Never before `atLeast`. */
  lead(term: number, atLeast: number): void;
  /** Whether `now()` is the community's time yet. */
  isShared(): boolean;
};

/**
 * Deadlines are stored and read by several machines whose wall clocks differ and step, so none of these counts: the
 * lease's holder counts on by its monotonic time and says it with each beat, the others follow, and who takes over
 * goes on from there (decision 59). A word of the holder is
 * always a little old when it arrives, never early: of the last ones the latest is the nearest.
 */
export function makeSharedClock(
  { monotonic, wallNow }: { monotonic: () => number; wallNow: () => number } = {
    monotonic: () => performance.now(),
    wallNow: () => Date.now(),
  },
): SharedClock {
  let offset = wallNow() - monotonic();
  let isShared = false;
  let saidTerm = 0;
  let said: { offset: number; at: number }[] = [];
  /** `now()` stands still rather than go back. */
  let latest = -Infinity;

  function setOffset(next: number): void {
    // What was read before the time was shared is in no deadline.
    if (!isShared) latest = -Infinity;
    isShared = true;
    offset = next;
  }

  return {
    now() {
      latest = Math.max(latest, Math.round(monotonic() + offset));
      return latest;
    },
    wallNow,
    monotonic,
    follow(term, at) {
      if (term < saidTerm) return;
      if (term > saidTerm) said = [];
      saidTerm = term;
      const heardAt = monotonic();
      said = said.filter((one) => heardAt - one.at < keptMs);
      said.push({ offset: at - heardAt, at: heardAt });
      setOffset(Math.max(...said.map((one) => one.offset)));
    },
    lead(term, atLeast) {
      saidTerm = term;
      said = [];
      const own = isShared ? offset : wallNow() - monotonic();
      setOffset(Math.max(own, atLeast - monotonic()));
    },
    isShared: () => isShared,
  };
}
