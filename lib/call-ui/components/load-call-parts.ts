import { createChunk, useChunk, useHasChunkFailed } from './create-chunk';

export type CallParts = typeof import('./call-parts');

const chunk = createChunk<CallParts>(() => import('./call-parts'));

/** Loads what no page needs before a call comes near. Rejects when it can't be had. */
export const loadCallParts = chunk.load;

/** Loads the parts once the page is loaded and has nothing else to do; the returned function cancels that. */
export function loadCallPartsWhenIdle(): () => void {
  const cancelled = new AbortController();
  const loadUnlessCancelled = () => {
    if (!cancelled.signal.aborted) chunk.loadQuietly();
  };
  // Safari has no idle callbacks.
  const whenIdle = () => (globalThis.requestIdleCallback ?? setTimeout)(loadUnlessCancelled);
  // A script that is asked for earlier makes the page's own loading longer.
  if (document.readyState === 'complete') whenIdle();
  else addEventListener('load', whenIdle, { once: true, signal: cancelled.signal });
  return () => cancelled.abort();
}

/** The parts once they are loaded; null until then. */
export const useCallParts = (): CallParts | null => useChunk(chunk);

/** Whether an attempt to load the parts has failed; they may have been loaded since. */
export const useHaveCallPartsFailed = (): boolean => useHasChunkFailed(chunk);
