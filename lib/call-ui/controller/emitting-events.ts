import type { CallView } from '@parley/call-protocol';
import { amIn, type CallStoreAction, type CallStoreState, selfIn } from '../call-store';
import type { Kit } from './kit';

type EventOwners = Pick<Kit, 'calls' | 'client' | 'onCallEvent' | 'state'>;

/**
 * Emits what an action changed in the store: once per change, whether the stream or the response to a
 * command brought it first, as the second copy changes nothing.
 */
export function emitEvents(
  kit: EventOwners,
  action: CallStoreAction,
  before: CallStoreState,
  after: CallStoreState,
): void {
  if (before === after) return;
  for (const [id, { view }] of after.calls) {
    const old = before.calls.get(id)?.view ?? null;
    if (old !== view) emitCallEvents(kit, old, view);
  }
  if (action.type === 'gone' && before.calls.get(action.gone.id)?.view.myRing) {
    kit.onCallEvent({ type: 'missed', callId: action.gone.id });
  }
  if (action.type === 'snapshot') {
    for (const [id, { view }] of before.calls) {
      const concernsMe = view.myRing !== null || amIn(view);
      if (!after.calls.has(id) && view.status !== 'ended' && concernsMe) void askHowItEnded(kit, view);
    }
  }
}

/** A call that ended while the stream was away: its last view says how. */
async function askHowItEnded(kit: EventOwners, old: CallView): Promise<void> {
  const sent = await kit.client.get(old.id).catch(() => null);
  const view = sent && kit.calls.complete(sent);
  // Back in the store, it emits its own events.
  if (view?.status === 'ended' && !kit.state.get().store.calls.has(old.id)) emitCallEvents(kit, old, view);
}

function emitCallEvents(kit: EventOwners, old: CallView | null, view: CallView) {
  const emit = kit.onCallEvent;
  const callId = view.id;
  const { myRing } = view;
  if (old?.myRing && old.myRing.id !== myRing?.id) {
    const state = myRing ? null : selfIn(view)?.ring?.state;
    const hasDeclined = state === 'declined' || kit.state.get().answering.get(old.myRing.id) === 'declining';
    if (amIn(view) || state === 'accepted') emit({ type: 'answered', callId });
    else emit({ type: hasDeclined ? 'declined' : 'missed', callId });
  }
  if (myRing && !myRing.isQuiet && old?.myRing?.id !== myRing.id) {
    emit({ type: 'ringing', callId, conversationId: view.conversation.id, ringerId: myRing.ringerId });
  }
  if (old && old.status !== 'ended' && view.status === 'ended' && view.endReason) {
    emit({ type: 'ended', callId, reason: view.endReason, lengthMs: view.elapsedMs });
  }
}
