import type { Cell } from '../state-store';

export type LeavesState = {
  /** Calls this tab has left; the server may not know yet. */
  leftIds: ReadonlySet<string>;
};

export const firstLeaves: LeavesState = { leftIds: new Set() };

/** What this tab has left. */
export type Leaves = {
  add(callId: string): void;
  /** Removes a call that this tab has entered again. */
  remove(callId: string): void;
  /** A tab may stay open for weeks. */
  forgetEnded(isLive: (callId: string) => boolean): void;
  /** Starts that were cancelled while the server has not confirmed it, by request id. */
  unconfirmed(): readonly string[];
  addUnconfirmed(requestId: string): void;
  confirm(requestId: string): void;
};

export function createLeaves(cell: Cell<LeavesState>): Leaves {
  const unconfirmed = new Set<string>();
  return {
    add: (callId) => cell.set({ leftIds: new Set(cell.get().leftIds).add(callId) }),
    remove(callId) {
      const leftIds = new Set(cell.get().leftIds);
      leftIds.delete(callId);
      cell.set({ leftIds });
    },
    forgetEnded(isLive) {
      const { leftIds } = cell.get();
      const live = [...leftIds].filter(isLive);
      if (live.length < leftIds.size) cell.set({ leftIds: new Set(live) });
    },
    unconfirmed: () => [...unconfirmed],
    addUnconfirmed: (requestId) => void unconfirmed.add(requestId),
    confirm: (requestId) => void unconfirmed.delete(requestId),
  };
}
