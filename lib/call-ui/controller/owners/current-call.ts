import type { Person } from '@parley/call-protocol';
import type { Cell } from '../state-store';

/** What a call is called and who is in it, as far as this tab knows before the server says more. */
export type CallLabel = {
  conversationId: string | null;
  kind: 'direct' | 'group';
  /** The other person of a direct call, also while nothing else is known of them; null in a group. */
  otherId: string | null;
  /** The other person's name, or the group's title. */
  title: string;
  /** The colour of a group, where the server has dealt one. */
  hue?: number | undefined;
  /** The others. */
  people: readonly Person[];
};

/** The call this tab is in or is entering. */
export type Entry = {
  /** Distinguishes this entry from an earlier one of the same call. */
  attempt: number;
  kind: 'start' | 'accept' | 'join' | 'move' | 'rejoin';
  /** Null while the server has not responded to a start. */
  callId: string | null;
  requestId: string | null;
  /** True until the server has responded. */
  isEntering: boolean;
  /** True until the call is shown whole: the sound of one that was accepted or joined comes first. */
  isArriving: boolean;
  hasConnected: boolean;
  label: CallLabel;
};

export type CurrentCallState = {
  entry: Entry | null;
  isMoving: boolean;
};

export const firstCurrentCall: CurrentCallState = { entry: null, isMoving: false };

/** The one call that this tab is in. */
export type CurrentCall = {
  enter(entry: Entry): void;
  markArrived(): void;
  markConnected(): void;
  clear(): void;
  setMoving(isMoving: boolean): void;
  relabel(change: (label: CallLabel) => CallLabel): void;
};

export function createCurrentCall(cell: Cell<CurrentCallState>): CurrentCall {
  return {
    enter: (entry) => cell.set({ entry }),
    markArrived() {
      const { entry } = cell.get();
      if (entry?.isArriving) cell.set({ entry: { ...entry, isArriving: false } });
    },
    markConnected() {
      const { entry } = cell.get();
      if (entry) cell.set({ entry: { ...entry, hasConnected: true } });
    },
    clear: () => cell.set({ entry: null }),
    setMoving: (isMoving) => cell.set({ isMoving }),
    relabel(change) {
      const { entry } = cell.get();
      const label = entry && change(entry.label);
      if (entry && label && label !== entry.label) cell.set({ entry: { ...entry, label } });
    },
  };
}
