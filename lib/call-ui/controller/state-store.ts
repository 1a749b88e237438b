/** The pieces of the state that one owner writes. */
export type Cell<Piece> = { get(): Readonly<Piece>; set(change: Partial<Piece>): void };

/** The state as all modules but the owners see it. */
export type StateReader<State> = {
  get(): Readonly<State>;
  subscribe(listener: () => void): () => void;
  /** Calls the listeners once for all changes in `work`, so that no listener sees half of them. */
  batch(work: () => void): void;
  /**
   * Calls no listener while `isHeld` agrees with the state; the first change with which it does not ends it.
   *
   * @returns ends it earlier; what has changed meanwhile is one change for the listeners
   */
  hold(isHeld: (state: Readonly<State>) => boolean): () => void;
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
  const holds = new Set<(state: State) => boolean>();
  const owned = new Set<keyof State>();

  function notify() {
    if (depth > 0 || notified === state) return;
    for (const isHeld of [...holds]) if (!isHeld(state)) holds.delete(isHeld);
    if (holds.size > 0) return;
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
      hold(isHeld) {
        holds.add(isHeld);
        return () => {
          if (holds.delete(isHeld)) notify();
        };
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
