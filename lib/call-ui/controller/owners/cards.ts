import type { CallView } from '@parley/call-protocol';
import type { CallError } from '../../client';
import type { Cell } from '../state-store';
import type { CallLabel } from './current-call';

/**
 * An error of the API, or a speaker that could not be used. `start`: the call that was to be started or joined; null when
 * another request was refused.
 */
export type Refusal = { error: CallError | 'speaker'; start: CallLabel | null };
/** `line`: what the call is about, as far as it has been typed. */
export type StartSheet = {
  label: CallLabel;
  line: string;
  go: (line: string) => void;
};
/** `isHeld`: focus or pointer is in the card, so it stays. */
export type EndedCall = { view: CallView; label: CallLabel; isHeld?: boolean };

export type CardsState = {
  sheet: StartSheet | null;
  refusal: Refusal | null;
  ended: EndedCall | null;
  /** The call on another device whose card was put away. */
  moveDismissedId: string | null;
};

export const firstCards: CardsState = { sheet: null, refusal: null, ended: null, moveDismissedId: null };

/** What lies over the page and can be put away: a refusal, how a call ended, the start sheet, the offer to move. */
export type Cards = {
  openSheet(sheet: StartSheet): void;
  setLine(line: string): void;
  closeSheet(): void;
  refuse(refusal: Refusal): void;
  dismissRefusal(): void;
  showEnd(ended: EndedCall): void;
  holdEnd(callId: string, isHeld: boolean): void;
  dismissEnd(): void;
  dismissMove(callId: string): void;
  /** Removes what is about an earlier call. */
  clear(): void;
  /** Changes how calls and their people are called; what comes back as the same object has not changed. */
  relabel(renamed: (label: CallLabel) => CallLabel, viewed: (view: CallView) => CallView): void;
};

export function createCards(cell: Cell<CardsState>): Cards {
  return {
    // A sheet takes the attention, and the card of an ended call would lie over it.
    openSheet: (sheet) => cell.set({ sheet, ended: null }),
    setLine(line) {
      const { sheet } = cell.get();
      if (sheet) cell.set({ sheet: { ...sheet, line } });
    },
    closeSheet: () => cell.set({ sheet: null }),
    refuse: (refusal) => cell.set({ refusal }),
    dismissRefusal: () => cell.set({ refusal: null }),
    showEnd: (ended) => cell.set({ ended }),
    holdEnd(callId, isHeld) {
      const { ended } = cell.get();
      if (ended?.view.id === callId) cell.set({ ended: { ...ended, isHeld } });
    },
    dismissEnd: () => cell.set({ ended: null }),
    dismissMove: (moveDismissedId) => cell.set({ moveDismissedId }),
    relabel(renamed, viewed) {
      const { ended, refusal, sheet } = cell.get();
      if (ended) {
        const [label, view] = [renamed(ended.label), viewed(ended.view)];
        if (label !== ended.label || view !== ended.view) cell.set({ ended: { ...ended, label, view } });
      }
      const start = refusal?.start && renamed(refusal.start);
      if (refusal && start && start !== refusal.start) cell.set({ refusal: { ...refusal, start } });
      const label = sheet && renamed(sheet.label);
      if (sheet && label && label !== sheet.label) cell.set({ sheet: { ...sheet, label } });
    },
    clear: () => cell.set({ refusal: null, ended: null, sheet: null }),
  };
}
