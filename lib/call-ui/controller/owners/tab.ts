import type { Cell } from '../state-store';

export type TabState = {
  clientId: string | null;
  /** When the computer last woke up, on the kit's clock: a ring that was received before is not known to run. */
  wokeAt: number;
  /** Grows when a ring's deadline passes on this tab's clock. */
  deadlinesPassed: number;
};

export const firstTab: TabState = { clientId: null, wokeAt: Number.NEGATIVE_INFINITY, deadlinesPassed: 0 };

/** This tab's id and its clock. */
export type Tab = {
  /** The tab's id; the same promise every time. */
  clientId(): Promise<string>;
  markWoke(at: number): void;
  passDeadline(): void;
};

export function createTab(cell: Cell<TabState>, takeClientId: () => Promise<string>): Tab {
  let taken: Promise<string> | null = null;
  return {
    clientId() {
      taken ??= takeClientId().then((clientId) => {
        cell.set({ clientId });
        return clientId;
      });
      return taken;
    },
    markWoke: (wokeAt) => cell.set({ wokeAt }),
    passDeadline: () => cell.set({ deadlinesPassed: cell.get().deadlinesPassed + 1 }),
  };
}
