import { useEffect, useSyncExternalStore } from 'react';

export type CallParts = typeof import('./call-parts');

let loaded: CallParts | null = null;
const listeners = new Set<() => void>();

/** Loads what no page needs before a call comes near. Rejects when it can't be had. */
export async function loadCallParts(): Promise<CallParts> {
  const parts = await import('./call-parts');
  loaded ??= parts;
  for (const listener of listeners) listener();
  return loaded;
}

/** Loads the parts once the page is loaded and has nothing else to do; the returned function cancels that. */
export function loadCallPartsWhenIdle(): () => void {
  const cancelled = new AbortController();
  const load = () => {
    if (!cancelled.signal.aborted) void loadCallParts().catch(() => {});
  };
  // Safari has no idle callbacks.
  const whenIdle = () => (globalThis.requestIdleCallback ?? setTimeout)(load);
  // A script that is asked for earlier makes the page's own loading longer.
  if (document.readyState === 'complete') whenIdle();
  else addEventListener('load', whenIdle, { once: true, signal: cancelled.signal });
  return () => cancelled.abort();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The parts once they are loaded; asks for them, also again when the network is back. */
export function useCallParts(): CallParts | null {
  const parts = useSyncExternalStore(
    subscribe,
    () => loaded,
    () => null,
  );
  useEffect(() => {
    if (parts) return;
    const load = () => void loadCallParts().catch(() => {});
    load();
    globalThis.addEventListener?.('online', load);
    return () => globalThis.removeEventListener?.('online', load);
  }, [parts]);
  return parts;
}
