import type { CallView } from '@parley/call-protocol';
import { type CallStoreAction, type CallStoreState, callStore, emptyCallStore } from '../../call-store';
import { clockNow } from '../../clock';
import type { Cell } from '../state-store';

export type CallsState = { store: CallStoreState };

export const firstCalls: CallsState = { store: emptyCallStore };

/** Every call this tab knows, as the server says. */
export type Calls = {
  apply(action: CallStoreAction): void;
  /** Puts a view that was received just now into the store, if there is one. */
  take(view: CallView | null | undefined): void;
  viewOf(callId: string | null | undefined): CallView | null;
};

/** @param onChange called after each action, also after one that changed nothing */
export function createCalls(
  cell: Cell<CallsState>,
  onChange: (action: CallStoreAction, before: CallStoreState, after: CallStoreState) => void,
): Calls {
  function apply(action: CallStoreAction) {
    const before = cell.get().store;
    const after = callStore(before, action);
    cell.set({ store: after });
    onChange(action, before, after);
  }
  return {
    apply,
    take(view) {
      if (view) apply({ type: 'view', view, at: clockNow() });
    },
    viewOf: (callId) => cell.get().store.calls.get(callId ?? '')?.view ?? null,
  };
}
