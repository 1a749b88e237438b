import type { CallView } from '../../protocol';
import { amIn, type CallStoreState, selfIn } from '../call-store';
import type { Kit } from './kit';

/** Tells the app what changed between two states of the store, once per change. */
export function tellEvents(kit: Kit, before: CallStoreState, after: CallStoreState): void {
  if (before === after) return;
  for (const [id, { view }] of after.calls) {
    const old = before.calls.get(id)?.view ?? null;
    if (old !== view) tellCall(kit, old, view);
  }
}

function tellCall(kit: Kit, old: CallView | null, view: CallView) {
  const tell = kit.parts.onCallEvent;
  const callId = view.id;
  const rings = view.myRing !== null && !view.myRing.isQuiet;
  if (rings && old?.myRing?.id !== view.myRing?.id) {
    tell({ type: 'ringing', callId, conversationId: view.conversation.id, callerId: view.callerId });
  }
  if (old?.myRing && !view.myRing) {
    const state = selfIn(view)?.ring?.state;
    if (state === 'declined') tell({ type: 'declined', callId });
    else if (amIn(view) || state === 'accepted') tell({ type: 'answered', callId });
    else tell({ type: 'missed', callId });
  }
  if (old && old.status !== 'ended' && view.status === 'ended' && view.endReason) {
    tell({ type: 'ended', callId, reason: view.endReason, lengthMs: view.elapsedMs });
  }
}
