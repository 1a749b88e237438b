/** Timers by name. */
export type Timers = {
  /** Starts a timer in place of the one of this name; `dropped` is called when this one is replaced or cancelled. */
  later(name: string, ms: number, work: () => void, dropped?: () => void): void;
  cancelAll(): void;
};

export function createTimers(): Timers {
  const timers = new Map<
    string,
    { timer: ReturnType<typeof setTimeout>; dropped: (() => void) | undefined }
  >();

  function drop(name: string) {
    const held = timers.get(name);
    timers.delete(name);
    clearTimeout(held?.timer);
    held?.dropped?.();
  }

  return {
    later(name, ms, work, dropped) {
      drop(name);
      const timer = setTimeout(() => {
        timers.delete(name);
        work();
      }, ms);
      timers.set(name, { timer, dropped });
    },
    cancelAll() {
      for (const name of [...timers.keys()]) drop(name);
    },
  };
}
