import type { CallView } from '@parley/call-protocol';
import type { Kit } from './kit';
import type { KitState } from './kit-state';
import type { CallLabel, Entry } from './owners/current-call';
import { isLost } from './repeating';

/** What a leave in the background reads and writes. */
type SendingOwners = Pick<Kit, 'calls' | 'cards' | 'client' | 'leaves' | 'state' | 'tab'>;
type StayingOwners = SendingOwners & Pick<Kit, 'attempts' | 'switchQuestion'>;
export type LeavingOwners = StayingOwners & Pick<Kit, 'connection' | 'currentCall' | 'onCallEvent' | 'place'>;

/**
 * Leaves at once: devices are released in the press. The request leaves the page right after it, before React draws,
 * because the others wait for it.
 */
export function leave(kit: LeavingOwners): void {
  const { entry, switching } = kit.state.get();
  if (!entry) return;
  if (switching?.isBusy) cancelStart(kit, { callId: switching.toCallId, requestId: switching.requestId });
  const { callId, requestId } = entry;
  // Waits for a microtask: it is queued before React's, which the changes of state below queue.
  cancelStart(kit, { callId, requestId }, entry.label);
  kit.attempts.cancelAll();
  kit.connection.close();
  kit.state.batch(() => {
    kit.currentCall.clear();
    kit.switchQuestion.close();
    kit.place.setExpanded(false);
  });
  if (callId) kit.onCallEvent({ type: 'left', callId });
}

/**
 * Whether **Stay** can be kept: the response to a switch under way is a moment away, and the switch may have
 * happened. It can be cancelled only once that response is lost.
 */
export function canStay({ switching, unansweredAttempt }: KitState): boolean {
  return !switching?.isBusy || (switching.attempt !== null && switching.attempt === unansweredAttempt);
}

/** Stays in the call, when that is possible. */
export function stay(kit: StayingOwners): void {
  const { switching } = kit.state.get();
  if (!switching || !canStay(kit.state.get())) return;
  if (switching.isBusy) {
    if (switching.attempt !== null) kit.attempts.cancel(switching.attempt);
    cancelStart(kit, { callId: switching.toCallId, requestId: switching.requestId });
  }
  kit.switchQuestion.close();
}

/** Sends the leave in the background; resolves with the view, or null when no request got through. */
export async function leaveForGood(
  { calls, client, leaves, tab }: SendingOwners,
  callId: string,
): Promise<CallView | null> {
  leaves.add(callId);
  try {
    return calls.take(await client.leave(callId, { clientId: await tab.clientId() }));
  } catch {
    // No request got through: the server's rejoin deadline ends this participation.
    return null;
  }
}

/** Sends the leave, whether or not the server knows that this tab is in the call. */
function cancelStart(
  kit: SendingOwners,
  { callId, requestId }: Pick<Entry, 'callId' | 'requestId'>,
  left?: CallLabel,
) {
  if (callId) void leaveForGood(kit, callId).then((view) => left && showEnd(kit, view, left));
  else if (requestId) void leaveStart(kit, requestId);
}

/** Shows how the call went when this leave ended it, unless a newer call or card is on the screen by now. */
function showEnd({ cards, state }: SendingOwners, view: CallView | null, label: CallLabel) {
  const { entry, ended } = state.get();
  if (view?.status === 'ended' && !entry && !ended) cards.showEnd({ view, label });
}

/** Leaves a start that the server has not responded to: a start that arrives after its leave creates nothing. */
async function leaveStart({ calls, client, leaves, tab }: SendingOwners, requestId: string) {
  leaves.addUnconfirmed(requestId);
  try {
    calls.take(await client.leaveByRequest(requestId, { clientId: await tab.clientId() }));
    leaves.confirm(requestId);
  } catch (thrown) {
    // If the start succeeds after all, `enter` leaves the call it created; else the next snapshot sends this again.
    if (!isLost(thrown)) leaves.confirm(requestId);
  }
}

/**
 * Sends again the leaves that the server may not have received.
 *
 * @returns false while one is still unconfirmed: a call that the server says this tab is in may be one it left
 */
export async function confirmLeaves(kit: SendingOwners): Promise<boolean> {
  await Promise.all(kit.leaves.unconfirmed().map((requestId) => leaveStart(kit, requestId)));
  return kit.leaves.unconfirmed().length === 0;
}
