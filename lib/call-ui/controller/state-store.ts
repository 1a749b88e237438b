/** The pieces of the state that one owner writes. */
export type Cell<Piece> = { get(): Readonly<Piece>; set(change: Partial<Piece>): void };

/** The state as all modules but the owners see it. */
export type StateReader<State> = {
  get(): Readonly<State>;
  subscribe(listener: () => void): () => void;
  /** Calls the listeners once for all changes in `work`, so that no listener sees half of them. */
  batch(work: () => void): void;
};

/** Hands out the only way to write these pieces; throws for a piece that has an owner. */
type Claim<State> = <Key extends keyof State>(...keys: Key[]) => Cell<Pick<State, Key>>;

/** One immutable object; pieces keep their identity while unchanged. */
export function createStateStore<State extends object>(
  first: State,
): { state: StateReader<State>; claim: Claim<State> } {
  let state = first;
  let notified = first;
  let depth = 0;
  const listeners = new Set<() => void>();
  const owned = new Set<keyof State>();

  function notify() {
    if (depth > 0 || notified === state) return;
    notified = state;
    for (const listener of [...listeners]) listener();
  }

  return {
    state: {
      get: () => state,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      batch(work) {
        depth += 1;
        try {
          work();
        } finally {
          depth -= 1;
          notify();
        }
      },
    },
    claim(...keys) {
      for (const key of keys) {
        if (owned.has(key)) throw new Error(`Two owners of ${String(key)}.`);
        owned.add(key);
      }
      return {
        get: () => state,
        set(change) {
          const isSame = Object.entries(change).every(([key, value]) =>
            Object.is(Reflect.get(state, key), value),
          );
          if (isSame) return;
          state = { ...state, ...change };
          notify();
        },
      };
    },
  };
}
