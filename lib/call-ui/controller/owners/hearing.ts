import type { Reception } from '@parley/call-protocol';
import type { Cell } from '../state-store';

export type HearingState = {
  /** Which question the panel looks into; null: it is closed. */
  hearing: 'they' | 'me' | null;
  /** How the others receive this person's voice, by user id, as last reported. */
  receptions: ReadonlyMap<string, Reception>;
};

export const firstHearing: HearingState = { hearing: null, receptions: new Map() };

/** The panel that looks for the reason that one participant does not hear another. */
export type Hearing = {
  open(question: 'they' | 'me'): void;
  close(): void;
  take(userId: string, reception: Reception): void;
};

export function createHearing(cell: Cell<HearingState>): Hearing {
  return {
    // Earlier reports may be long past.
    open: (hearing) => cell.set({ ...(cell.get().hearing === null ? firstHearing : {}), hearing }),
    close: () => cell.set(firstHearing),
    take(userId, { lossPercent, roundTripMs }) {
      if (cell.get().hearing === null) return;
      cell.set({ receptions: new Map(cell.get().receptions).set(userId, { lossPercent, roundTripMs }) });
    },
  };
}
