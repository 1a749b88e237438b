/**
 * Time that includes sleep, and the moment of the last wake-up.
 *
 * Most browsers stop `performance.now()` while the computer sleeps (https://github.com/w3c/hr-time/issues/115), and the
 * wall clock can be set at any time. In a sleep the wall clock jumps ahead of `performance.now()`; when it is set
 * forward it does, too, and the two look the same. So both count as sleep: what was received before is aged
 * by the jump and is stale until the server has sent it anew, which takes one snapshot.
 */

/** Smaller differences are adjustments of the wall clock, or rounding by the browser. */
const sleepFromMs = 2000;
/** How soon a sleep is noticed when nothing else reads the clock. */
const lookEveryMs = 1000;
/** A pause this long between two looks of a visible page was a sleep in which `performance.now()` went on. */
const stoodStillMs = 20_000;

let pageMs = performance.now();
let aheadMs = Date.now() - pageMs;
let sleptMs = 0;
let wokeAtMs = Number.NEGATIVE_INFINITY;
let last = { at: 0, isVisible: false };
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** Milliseconds on a clock that includes sleep and never runs backward; comparable within this tab only. */
export function clockNow(): number {
  const page = performance.now();
  const ahead = Date.now() - page;
  const jumpMs = ahead - aheadMs;
  aheadMs = ahead;
  // Only a test that begins its own time makes it run backward; whole, so that its milliseconds add up exactly.
  if (page < pageMs) sleptMs += Math.ceil(pageMs - page);
  else if (jumpMs > sleepFromMs) {
    sleptMs += jumpMs;
    noteWake();
  }
  pageMs = page;
  return page + sleptMs;
}

/** When the last sleep ended, in milliseconds of `clockNow()`: what was received before is stale. */
export const wokeAt = (): number => wokeAtMs;

/** Starts the clock anew, for tests that replace the time: a jump between two time sources is no sleep. */
export function restartClock(): void {
  aheadMs = Date.now() - performance.now();
  sleptMs = 0;
  wokeAtMs = Number.NEGATIVE_INFINITY;
}

/** Calls the listener soon after each sleep. @returns stops it */
export function onWake(listener: () => void): () => void {
  clockNow();
  listeners.add(listener);
  clearInterval(timer);
  last = { at: performance.now(), isVisible: isPageVisible() };
  timer = setInterval(look, lookEveryMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function look() {
  const before = wokeAtMs;
  clockNow();
  const { at, isVisible } = last;
  last = { at: performance.now(), isVisible: isPageVisible() };
  // Browsers slow down the timers of hidden pages: there, a pause says nothing.
  const stoodStill = isVisible && last.isVisible && last.at - at > stoodStillMs;
  if (stoodStill && wokeAtMs === before) noteWake();
}

function noteWake() {
  wokeAtMs = performance.now() + sleptMs;
  // Not within a read of the clock, which may be part of a rendering.
  queueMicrotask(() => {
    for (const listener of [...listeners]) listener();
  });
}

const isPageVisible = (): boolean => globalThis.document?.visibilityState === 'visible';
