import { clockNow } from '../clock';

type Tick = { at: number; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> };
const ticks = new Map<number, Tick>();

/** The kit's clock as of the last tick that is shared by all subscribers of this interval; without one: right now. */
export const tickTime = (everyMs: number): number => ticks.get(everyMs)?.at ?? clockNow();

/**
 * Calls `listener` every `everyMs` milliseconds, at the same moment as every other subscriber of this interval: timers
 * of one call in two places would otherwise change up to an interval apart.
 *
 * @returns unsubscribes
 */
export function subscribeToTick(everyMs: number, listener: () => void): () => void {
  const tick = ticks.get(everyMs) ?? startTick(everyMs);
  tick.listeners.add(listener);
  return () => {
    tick.listeners.delete(listener);
    if (tick.listeners.size > 0) return;
    clearInterval(tick.timer);
    ticks.delete(everyMs);
  };
}

function startTick(everyMs: number): Tick {
  const tick: Tick = {
    at: clockNow(),
    listeners: new Set(),
    timer: setInterval(() => {
      tick.at = clockNow();
      for (const listener of [...tick.listeners]) listener();
    }, everyMs),
  };
  ticks.set(everyMs, tick);
  return tick;
}
