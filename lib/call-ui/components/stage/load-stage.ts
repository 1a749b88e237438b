import { useEffect, useSyncExternalStore } from 'react';

type StageParts = typeof import('./stage-parts');

let loaded: StageParts | null = null;
const listeners = new Set<() => void>();

/** Loads what draws people in a call, which no page needs before a call comes near. Rejects when it can't be had. */
export async function loadStage(): Promise<void> {
  loaded = await import('./stage-parts');
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The parts once they are loaded; asks for them, also again when the network is back. */
export function useStageParts(): StageParts | null {
  const parts = useSyncExternalStore(
    subscribe,
    () => loaded,
    () => null,
  );
  useEffect(() => {
    if (parts) return;
    const load = () => void loadStage().catch(() => {});
    load();
    globalThis.addEventListener?.('online', load);
    return () => globalThis.removeEventListener?.('online', load);
  }, [parts]);
  return parts;
}
