import type { Cell } from '../state-store';

export type AttemptsState = {
  /** The attempt to enter that the server has not responded to at first: it is tried again. */
  unansweredAttempt: number | null;
};

export const firstAttempts: AttemptsState = { unansweredAttempt: null };

/** The attempts to enter a call, by number; what works for one goes on only while it is wanted. */
export type Attempts = {
  create(): number;
  cancel(attempt: number): void;
  cancelAll(): void;
  isWanted(attempt: number): boolean;
  markUnanswered(attempt: number): void;
  /** The server has responded, or the attempt is given up. */
  settle(attempt: number): void;
  /** Runs `work` unless it runs for this attempt already. */
  rejoinOnce(attempt: number, work: () => Promise<void>): Promise<void>;
};

export function createAttempts(cell: Cell<AttemptsState>): Attempts {
  let latest = 0;
  let rejoining: number | null = null;
  const wanted = new Set<number>();
  return {
    create() {
      latest += 1;
      wanted.add(latest);
      return latest;
    },
    cancel: (attempt) => void wanted.delete(attempt),
    cancelAll: () => wanted.clear(),
    isWanted: (attempt) => wanted.has(attempt),
    markUnanswered: (attempt) => cell.set({ unansweredAttempt: attempt }),
    settle(attempt) {
      if (cell.get().unansweredAttempt === attempt) cell.set({ unansweredAttempt: null });
    },
    async rejoinOnce(attempt, work) {
      if (rejoining === attempt) return;
      rejoining = attempt;
      try {
        await work();
      } finally {
        if (rejoining === attempt) rejoining = null;
      }
    },
  };
}
