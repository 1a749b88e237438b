/** Says within this process that there is something to send. Another process finds it by itself, a little later. */
export type PushSignal = {
  /** A transaction that wrote pushes has committed. */
  note(): void;
  /** @returns ends it */
  onNote(listener: () => void): () => void;
};

/** One per process, in `deps`. */
export function makePushSignal(): PushSignal {
  const listeners = new Set<() => void>();
  return {
    note() {
      for (const listener of listeners) listener();
    },
    onNote(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
