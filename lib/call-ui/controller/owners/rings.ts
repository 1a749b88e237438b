import type { Cell } from '../state-store';

export type RingsState = {
  /** Rings that were answered here, by id: they stay silent until the server's view says how they ended. */
  answering: ReadonlyMap<string, 'accepting' | 'declining'>;
  /** The ring whose window the person has put on top of older ones. */
  frontRingId: string | null;
  /** People whose ring is being started or stopped by this tab, as `callId userId`. */
  changingRings: ReadonlySet<string>;
};

export const firstRings: RingsState = { answering: new Map(), frontRingId: null, changingRings: new Set() };

/** What this tab does about rings: its answers to those it received, and its changes to those it made. */
export type Rings = {
  answer(ringId: string, how: 'accepting' | 'declining'): void;
  /** Brings the incoming window back while the ring runs. */
  forgetAnswer(ringId: string | undefined): void;
  /** Puts a ring's window on top of the others, until it ends. */
  bringToFront(ringId: string): void;
  /** Keeps what is known about the rings that run. */
  forgetEnded(runningIds: ReadonlySet<string | undefined>): void;
  /** Runs `work` unless a change of this ring runs already. */
  changeOnce(key: string, work: () => Promise<void>): Promise<void>;
};

/** Identifies one person's ring in one call. */
export const ringKey = (callId: string, userId: string) => `${callId} ${userId}`;

export function createRings(cell: Cell<RingsState>): Rings {
  return {
    answer: (ringId, how) => cell.set({ answering: new Map(cell.get().answering).set(ringId, how) }),
    forgetAnswer(ringId) {
      const answering = new Map(cell.get().answering);
      if (answering.delete(ringId ?? '')) cell.set({ answering });
    },
    bringToFront: (frontRingId) => cell.set({ frontRingId }),
    forgetEnded(runningIds) {
      const { frontRingId } = cell.get();
      if (frontRingId !== null && !runningIds.has(frontRingId)) cell.set({ frontRingId: null });
      const { answering } = cell.get();
      const running = [...answering].filter(([ringId]) => runningIds.has(ringId));
      if (running.length < answering.size) cell.set({ answering: new Map(running) });
    },
    async changeOnce(key, work) {
      if (cell.get().changingRings.has(key)) return;
      cell.set({ changingRings: new Set(cell.get().changingRings).add(key) });
      try {
        await work();
      } finally {
        const changingRings = new Set(cell.get().changingRings);
        changingRings.delete(key);
        cell.set({ changingRings });
      }
    },
  };
}
