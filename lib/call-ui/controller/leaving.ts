import { leaveForGood } from './entering';
import type { Kit } from './kit';
import { closeRoom } from './media-wiring';

/** Leaves at once: the devices are let go before the server is told. */
export function leave(kit: Kit): void {
  const { entry, leftIds } = kit.get();
  if (!entry) return;
  kit.cancelAll();
  closeRoom(kit);
  const { callId, requestId } = entry;
  kit.set({
    entry: null,
    switching: null,
    isExpanded: false,
    answering: new Map(),
    leftIds: callId ? new Set(leftIds).add(callId) : leftIds,
  });
  if (callId) {
    kit.parts.onCallEvent({ type: 'left', callId });
    void leaveForGood(kit, callId);
  } else if (requestId) {
    void leaveStart(kit, requestId);
  }
}

/** A start that the server has not answered: one that comes after its leave creates nothing. */
async function leaveStart(kit: Kit, requestId: string) {
  try {
    await kit.parts.client.leaveByRequest(requestId, { clientId: await kit.clientId() });
  } catch {
    // When the start is answered after all, `enter` leaves the call it made.
  }
}
