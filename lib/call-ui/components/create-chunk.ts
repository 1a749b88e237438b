import { useEffect, useSyncExternalStore } from 'react';

/** Code of the kit that is loaded when it is due. */
export type Chunk<Parts> = {
  /** Rejects when it can't be had. */
  load(): Promise<Parts>;
  /** Loads where a failure is shown by `useHasChunkFailed`. */
  loadQuietly(): void;
  subscribe(listener: () => void): () => void;
  current(): Parts | null;
  /** Whether an attempt to load the parts has failed; they may have been loaded since. */
  hasFailed(): boolean;
};

/** @param importParts contains the `import()`, which a bundler recognises only where it is written out */
export function createChunk<Parts>(importParts: () => Promise<Parts>): Chunk<Parts> {
  let loaded: Parts | null = null;
  let hasFailed = false;
  const listeners = new Set<() => void>();

  function changed() {
    for (const listener of listeners) listener();
  }

  async function load(): Promise<Parts> {
    const parts = await importParts();
    loaded ??= parts;
    changed();
    return loaded;
  }

  return {
    load,
    loadQuietly() {
      load().catch(() => {
        hasFailed = true;
        changed();
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current: () => loaded,
    hasFailed: () => hasFailed,
  };
}

/** Between attempts while a part is due and the chunk could not be loaded, in milliseconds. */
const retryMs = 5000;

/** The parts once they are loaded; asks for them as long as they are due, and at once when the network is back. */
export function useChunk<Parts>(chunk: Chunk<Parts>, isDue = true): Parts | null {
  const parts = useSyncExternalStore(chunk.subscribe, chunk.current, () => null);
  useEffect(() => {
    if (parts || !isDue) return;
    const { loadQuietly } = chunk;
    loadQuietly();
    const timer = setInterval(loadQuietly, retryMs);
    globalThis.addEventListener?.('online', loadQuietly);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener?.('online', loadQuietly);
    };
  }, [chunk, parts, isDue]);
  return parts;
}

/** Whether an attempt to load the parts has failed; they may have been loaded since. */
export const useHasChunkFailed = <Parts>(chunk: Chunk<Parts>): boolean =>
  useSyncExternalStore(chunk.subscribe, chunk.hasFailed, () => false);
