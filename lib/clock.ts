import { performance } from 'node:perf_hooks';

/**
 * Two clocks, because a server's wall clock can step. `now()` is monotonic while the process lives and is
 * used for deadlines and durations. `wallNow()` is for display and may step. Both are milliseconds since 1970.
 */
export type Clock = { now(): number; wallNow(): number };

const bootWallMs = Date.now() - performance.now();

export const systemClock: Clock = {
  now: () => Math.round(bootWallMs + performance.now()),
  wallNow: () => Date.now(),
};
