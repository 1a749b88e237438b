import { useEffect, useSyncExternalStore } from 'react';

export type CallParts = typeof import('./call-parts');

let loaded: CallParts | null = null;
let hasFailed = false;
const listeners = new Set<() => void>();

function changed() {
  for (const listener of listeners) listener();
}

/** Loads what no page needs before a call comes near. Rejects when it can't be had. */
export async function loadCallParts(): Promise<CallParts> {
  const parts = await import('./call-parts');
  loaded ??= parts;
  changed();
  return loaded;
}

/** Loads the parts where a failure is shown by `useCallParts`. */
function load(): void {
  loadCallParts().catch(() => {
    hasFailed = true;
    changed();
  });
}

/** Loads the parts once the page is loaded and has nothing else to do; the returned function cancels that. */
export function loadCallPartsWhenIdle(): () => void {
  const cancelled = new AbortController();
  const loadUnlessCancelled = () => {
    if (!cancelled.signal.aborted) load();
  };
  // Safari has no idle callbacks.
  const whenIdle = () => (globalThis.requestIdleCallback ?? setTimeout)(loadUnlessCancelled);
  // A script that is asked for earlier makes the page's own loading longer.
  if (document.readyState === 'complete') whenIdle();
  else addEventListener('load', whenIdle, { once: true, signal: cancelled.signal });
  return () => cancelled.abort();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Between attempts while a part is due and the chunk could not be loaded, in milliseconds. */
const retryMs = 5000;

/** The parts once they are loaded; asks for them as long as a part is due, and at once when the network is back. */
export function useCallParts(): CallParts | null {
  const parts = useSyncExternalStore(
    subscribe,
    () => loaded,
    () => null,
  );
  useEffect(() => {
    if (parts) return;
    load();
    const timer = setInterval(load, retryMs);
    globalThis.addEventListener?.('online', load);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener?.('online', load);
    };
  }, [parts]);
  return parts;
}

/** Whether an attempt to load the parts has failed; they may have been loaded since. */
export const useHaveCallPartsFailed = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => hasFailed,
    () => false,
  );
