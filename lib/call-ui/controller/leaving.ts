import type { CallView } from '../../protocol';
import { closeRoom } from './closing-room';
import { leaveForGood } from './entering';
import type { Kit } from './kit';
import type { CallLabel, Entry, KitState } from './kit-state';
import { isLost } from './repeating';

/** Leaves at once: devices are released before the request is sent. */
export function leave(kit: Kit): void {
  const { entry, switching } = kit.get();
  if (!entry) return;
  if (switching?.isBusy) cancelStart(kit, { callId: switching.toCallId, requestId: switching.requestId });
  kit.cancelAll();
  closeRoom(kit);
  const { callId, requestId } = entry;
  kit.set({
    entry: null,
    switching: null,
    isExpanded: false,
  });
  if (callId) kit.parts.onCallEvent({ type: 'left', callId });
  cancelStart(kit, { callId, requestId }, entry.label);
}

/**
 * Whether **Stay** can be kept: a switch that is under way has its answer a moment away, and may have
 * happened. Only once that answer is lost it can be taken back.
 */
export function canStay({ switching, unansweredAttempt }: KitState): boolean {
  return !switching?.isBusy || (switching.attempt !== null && switching.attempt === unansweredAttempt);
}

/** Stays in the call, when that is possible. */
export function stay(kit: Kit): void {
  const { switching } = kit.get();
  if (!switching || !canStay(kit.get())) return;
  if (switching.isBusy) {
    if (switching.attempt !== null) kit.cancel(switching.attempt);
    cancelStart(kit, { callId: switching.toCallId, requestId: switching.requestId });
  }
  kit.set({ switching: null });
}

/** Tells the server that this tab is not in the call, whether or not it knows of it yet. */
function cancelStart(kit: Kit, { callId, requestId }: Pick<Entry, 'callId' | 'requestId'>, left?: CallLabel) {
  if (callId) void leaveForGood(kit, callId).then((view) => left && showEnd(kit, view, left));
  else if (requestId) void leaveStart(kit, requestId);
}

/** My leaving ended the call: how it went, unless something newer is on the screen by now. */
function showEnd(kit: Kit, view: CallView | null, label: CallLabel) {
  const { entry, ended } = kit.get();
  if (view?.status === 'ended' && !entry && !ended) kit.set({ ended: { view, label } });
}

/** A start that the server has not answered: one that comes after its leave creates nothing. */
async function leaveStart(kit: Kit, requestId: string) {
  kit.unconfirmedLeaves.add(requestId);
  try {
    kit.take(await kit.parts.client.leaveByRequest(requestId, { clientId: await kit.clientId() }));
    kit.unconfirmedLeaves.delete(requestId);
  } catch (thrown) {
    // When the start is answered after all, `enter` leaves the call it made; else this is said again with
    // the next snapshot.
    if (!isLost(thrown)) kit.unconfirmedLeaves.delete(requestId);
  }
}

/** Says again what the server may not have heard. False while it still may not: what it says this tab is in was left. */
export async function confirmLeaves(kit: Kit): Promise<boolean> {
  await Promise.all([...kit.unconfirmedLeaves].map((requestId) => leaveStart(kit, requestId)));
  return kit.unconfirmedLeaves.size === 0;
}
