import { performance } from 'node:perf_hooks';

/**
 * Two times, because a server's wall clock can step.
 * `now()` never steps while the process lives: deadlines and durations use it.
 * `wallNow()` is for showing and may step. Both are milliseconds since 1970.
 */
export type Clock = { now(): number; wallNow(): number };

const bootWallMs = Date.now() - performance.now();

export const systemClock: Clock = {
  now: () => Math.round(bootWallMs + performance.now()),
  wallNow: () => Date.now(),
};
