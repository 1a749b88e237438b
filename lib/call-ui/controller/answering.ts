import { isCameraAllowed } from '../media/request-camera';
import { labelOfView } from './call-label';
import { type EnteringOwners, enter } from './entering';
import { enterOrAsk } from './entering-or-asking';
import { asCallError, type Kit } from './kit';
import { callElsewhere } from './kit-state';
import { isMutedAtFirst } from './owners/chosen-media';
import { reconcileEntry } from './reconciling';
import { type RejoiningOwners, rejoin } from './rejoining';
import { type WaitOwners, whileRinging } from './repeating';

/** Accepts a ring; during another call it asks Switch call? first. */
export function accept(kit: EnteringOwners, callId: string): void {
  const view = kit.calls.viewOf(callId);
  if (!view?.myRing || kit.state.get().answering.has(view.myRing.id)) return;
  const { client } = kit;
  kit.rings.answer(view.myRing.id, 'accepting');
  enterOrAsk(kit, {
    kind: 'accept',
    callId,
    requestId: null,
    ringId: view.myRing.id,
    label: labelOfView(view),
    post: (clientId, switchFrom) =>
      client.accept(callId, { clientId, ...(switchFrom ? { switchFrom } : {}) }),
  });
}

/**
 * Declines the running ring: silent here at once, everywhere else as soon as the server knows; without an
 * response it is sent again while it rings. The ring stays marked as declined, so that the window does not come back
 * while the view without the ring is on its way; a refusal brings it back with the server's words.
 */
export async function decline(
  kit: WaitOwners & Pick<Kit, 'calls' | 'cards' | 'client' | 'rings'>,
  callId: string,
): Promise<void> {
  const { calls, cards, client, rings, state } = kit;
  const ring = calls.viewOf(callId)?.myRing;
  if (!ring || state.get().answering.has(ring.id)) return;
  rings.answer(ring.id, 'declining');
  try {
    const send = () => client.decline(callId, { ringId: ring.id });
    calls.take(await whileRinging(kit, { callId, ringId: ring.id }, 'decline', send));
  } catch (thrown) {
    const error = asCallError(thrown);
    calls.take(error.call);
    // A 409 `call_ended` is success for a decline.
    if (error.code === 'call_ended' || error.code === 'not_found' || error.code === 'conflict') return;
    state.batch(() => {
      cards.refuse({ error, start: null });
      rings.forgetAnswer(ring.id);
    });
  }
}

/** Brings the call that another tab or device holds over to this one. */
export async function moveHere(kit: EnteringOwners): Promise<void> {
  const { client, currentCall, state } = kit;
  const held = callElsewhere(state.get());
  const { move } = client;
  if (!move || !held || state.get().isMoving) return;
  const { view } = held;
  currentCall.setMoving(true);
  await enter(kit, {
    kind: 'move',
    callId: view.id,
    requestId: null,
    label: labelOfView(view),
    post: (clientId) => move.call(client, view.id, { clientId }).finally(() => currentCall.setMoving(false)),
  });
  currentCall.setMoving(false);
  reconcileEntry(kit);
}

/**
 * Goes back into the call that this very tab holds, without a word about what went wrong before. What was chosen
 * before the reload still counts; a camera is switched on again only where the browser need not ask for it.
 */
export async function resume(kit: RejoiningOwners, callId: string): Promise<void> {
  const view = kit.calls.viewOf(callId);
  if (!view || kit.state.get().entry) return;
  const attempt = kit.attempts.create();
  const label = labelOfView(view);
  const before = kit.chosenMedia.beforeReload();
  // A reload ends a hold of the push-to-talk key.
  const microphone = isMutedAtFirst('opened') ? 'muted' : before.microphone;
  kit.chosenMedia.reset({ ...before, microphone, isScreenOn: false });
  kit.state.batch(() => {
    kit.devices.reset();
    if (before.isScreenOn) kit.devices.setScreenEnded('reloaded');
    const base = { attempt, callId, requestId: null, label, isEntering: false, isArriving: false };
    kit.currentCall.enter({ ...base, hasConnected: false, kind: 'rejoin' });
    kit.cards.dismissRefusal();
  });
  if (before.isCameraOn && !(await isCameraAllowed())) kit.chosenMedia.choose({ isCameraOn: false });
  await rejoin(kit, attempt, 0);
}
