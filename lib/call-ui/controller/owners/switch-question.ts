import type { Cell } from '../state-store';
import type { CallLabel } from './current-call';

/** The question Switch call?, and what to do when the person confirms. */
export type Switching = {
  fromCallId: string | null;
  toCallId: string | null;
  /** Null: a call that this tab knows nothing of. */
  from: CallLabel | null;
  to: CallLabel;
  /** Of the start that is asked about. */
  requestId: string | null;
  /** Set while the switch is under way. */
  attempt: number | null;
  isBusy: boolean;
  go: () => void;
};

export type SwitchQuestionState = { switching: Switching | null };

export const firstSwitchQuestion: SwitchQuestionState = { switching: null };

/** The question Switch call?, from its opening until the switch is done. */
export type SwitchQuestion = {
  open(switching: Switching): void;
  /** The person has confirmed. */
  markBusy(): void;
  setAttempt(attempt: number): void;
  close(): void;
  /** Counts a component that shows the question; the function it returns removes it. */
  addView(): () => void;
  hasView(): boolean;
  relabel(change: (label: CallLabel) => CallLabel): void;
};

export function createSwitchQuestion(cell: Cell<SwitchQuestionState>): SwitchQuestion {
  let views = 0;
  const change = (part: Partial<Switching>) => {
    const { switching } = cell.get();
    if (switching) cell.set({ switching: { ...switching, ...part } });
  };
  return {
    open: (switching) => cell.set({ switching }),
    markBusy: () => change({ isBusy: true }),
    setAttempt: (attempt) => change({ attempt }),
    close: () => cell.set({ switching: null }),
    addView() {
      views += 1;
      return () => {
        views -= 1;
      };
    },
    hasView: () => views > 0,
    relabel(label) {
      const { switching } = cell.get();
      if (!switching) return;
      const [from, to] = [switching.from && label(switching.from), label(switching.to)];
      if (from !== switching.from || to !== switching.to) change({ from, to });
    },
  };
}
