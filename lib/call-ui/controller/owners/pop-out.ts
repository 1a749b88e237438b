import type { Cell } from '../state-store';

export type PopOutState = {
  /** The window of its own that shows the call, while it is open. */
  popOut: Window | null;
};

export const firstPopOut: PopOutState = { popOut: null };

/** The one window of the browser that stays above all others. */
export type PopOut = {
  opened(window: Window): void;
  closed(): void;
};

export function createPopOut(cell: Cell<PopOutState>): PopOut {
  return {
    opened: (popOut) => cell.set({ popOut }),
    closed: () => cell.set(firstPopOut),
  };
}
