import { amIn, selfIn } from '../call-store';
import type { Kit } from './kit';

/** What the end of this tab's call changes. */
export type ReconcilingOwners = Pick<
  Kit,
  | 'attempts'
  | 'cards'
  | 'connection'
  | 'currentCall'
  | 'onCallEvent'
  | 'place'
  | 'state'
  | 'switchQuestion'
  | 'timers'
>;

/** The server gives a moved call's new device 15 s to connect, and a moment to be heard. */
const longestHandoverMs = 20_000;

/** Brings this tab in line with what the server says about the call it is in. */
export function reconcileEntry(kit: ReconcilingOwners): void {
  const { entry, store, clientId, switching } = kit.state.get();
  if (!entry?.callId) return;
  const view = store.calls.get(entry.callId)?.view;
  if (view?.status === 'active') kit.connection.current()?.release?.();
  // While an accept is under way my ring may be answered elsewhere; the response to the accept decides.
  if (entry.isEntering && view?.status !== 'ended') return;
  if (view && amIn(view)) {
    const isHeldHere = view.holderClientId === null || view.holderClientId === clientId;
    if (isHeldHere) return;
    if (isStillHeard(kit)) {
      // LiveKit disconnects this tab as soon as the new device is heard; until then it keeps talking.
      kit.timers.later('handover', longestHandoverMs, () => releaseCall(kit, view.id));
      return;
    }
    releaseCall(kit, view.id);
    return;
  }
  drop(kit);
  // The call that is being left for another one shows no ended card.
  if (switching?.isBusy) return;
  kit.switchQuestion.close();
  if (view?.status === 'ended') {
    kit.cards.showEnd({ view, label: entry.label });
    return;
  }
  // Without a view: this person may not see the call any more.
  if (!view || selfIn(view)?.participation?.state === 'left') {
    kit.onCallEvent({ type: 'left', callId: entry.callId });
  }
}

function isStillHeard({ state }: Pick<Kit, 'state'>): boolean {
  const connection = state.get().room?.connection;
  return connection === 'connected' || connection === 'reconnecting';
}

/** Another device of this person holds the call now. */
function releaseCall(kit: ReconcilingOwners, callId: string) {
  const { entry, store, clientId } = kit.state.get();
  const holder = store.calls.get(callId)?.view.holderClientId ?? null;
  if (entry?.callId !== callId || holder === null || holder === clientId) return;
  drop(kit);
  kit.onCallEvent({ type: 'moved', callId });
}

function drop({ attempts, connection, currentCall, place, state }: ReconcilingOwners) {
  const { entry } = state.get();
  if (entry) attempts.cancel(entry.attempt);
  connection.close();
  state.batch(() => {
    currentCall.clear();
    place.setExpanded(false);
  });
}
