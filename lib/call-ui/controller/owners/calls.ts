import type { CallView, Person } from '@parley/call-protocol';
import { type CallStoreAction, type CallStoreState, callStore, emptyCallStore } from '../../call-store';
import { clockNow } from '../../clock';
import { completeView, type SentCallView } from '../../sent-views';
import type { Cell } from '../state-store';

export type CallsState = { store: CallStoreState };

export const firstCalls: CallsState = { store: emptyCallStore };

/** Every call this tab knows, as the server says. */
export type Calls = {
  apply(action: CallStoreAction): void;
  /** Puts a view that was received just now into the store, if there is one; returns it with its people's names. */
  take(sent: SentCallView | null | undefined): CallView | null;
  /** A view with the names of people who came as ids. */
  complete(sent: SentCallView): CallView;
  viewOf(callId: string | null | undefined): CallView | null;
};

/**
 * @param personOf names a person who came as an id
 * @param onChange called after each action, also after one that changed nothing
 */
export function createCalls(
  cell: Cell<CallsState>,
  personOf: (id: string) => Person,
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
    take(sent) {
      if (!sent) return null;
      const view = completeView(sent, personOf);
      apply({ type: 'view', view, at: clockNow() });
      return view;
    },
    complete: (sent) => completeView(sent, personOf),
    viewOf: (callId) => cell.get().store.calls.get(callId ?? '')?.view ?? null,
  };
}
