import { isCameraAllowed } from '../media/request-camera';
import { labelOfView } from './call-label';
import { choose, chosenBeforeReload } from './chosen-media';
import { enter, without } from './entering';
import { enterOrAsk } from './entering-or-asking';
import { asCallError, type Kit } from './kit';
import { callElsewhere, freshDevices } from './kit-state';
import { reconcileEntry } from './receiving';
import { rejoin } from './rejoining';
import { whileRinging } from './repeating';

/** Accepts a ring; during another call it asks Switch call? first. */
export function accept(kit: Kit, callId: string): void {
  const { store, answering } = kit.get();
  const view = store.calls.get(callId)?.view;
  if (!view?.myRing || answering.has(view.myRing.id)) return;
  const { client } = kit.parts;
  kit.set({ answering: new Map(answering).set(view.myRing.id, 'accepting') });
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
 * answer it is said again while it rings. It stays marked as declined, so that the window does not come back
 * while the view without the ring is on its way; a refusal brings it back with the server's words.
 */
export async function decline(kit: Kit, callId: string): Promise<void> {
  const { store, answering } = kit.get();
  const ring = store.calls.get(callId)?.view.myRing;
  if (!ring || answering.has(ring.id)) return;
  kit.set({ answering: new Map(answering).set(ring.id, 'declining') });
  try {
    const say = () => kit.parts.client.decline(callId, { ringId: ring.id });
    kit.take(await whileRinging(kit, { callId, ringId: ring.id }, 'decline', say));
  } catch (thrown) {
    const error = asCallError(thrown);
    kit.take(error.call);
    // A 409 `call_ended` is success for a decline.
    if (error.code !== 'call_ended' && error.code !== 'not_found' && error.code !== 'conflict') {
      const refusal = { title: error.title, detail: error.detail, start: null };
      kit.set({ refusal, answering: without(kit, ring.id) });
    }
  }
}

/** Brings the call that another tab or device holds over to this one. */
export async function moveHere(kit: Kit): Promise<void> {
  const held = callElsewhere(kit.get());
  if (!held || kit.get().isMoving) return;
  const { view } = held;
  kit.set({ isMoving: true });
  await enter(kit, {
    kind: 'move',
    callId: view.id,
    requestId: null,
    label: labelOfView(view),
    post: (clientId) => {
      const answer = kit.parts.client.move(view.id, { clientId });
      return answer.finally(() => kit.set({ isMoving: false }));
    },
  });
  kit.set({ isMoving: false });
  reconcileEntry(kit);
}

/**
 * Goes back into the call that this very tab holds, without a word about what went wrong before. What was chosen
 * before the reload still counts; a camera comes back only where the browser need not ask for it.
 */
export async function resume(kit: Kit, callId: string): Promise<void> {
  const view = kit.get().store.calls.get(callId)?.view;
  if (!view || kit.get().entry) return;
  const attempt = kit.newAttempt();
  const label = labelOfView(view);
  const before = chosenBeforeReload();
  choose(kit, { ...before, isScreenOn: false });
  const base = { attempt, callId, requestId: null, label, isEntering: false, hasConnected: false };
  const screenEnded = before.isScreenOn ? 'reloaded' : null;
  kit.set({ ...freshDevices, screenEnded, entry: { ...base, kind: 'rejoin' }, refusal: null });
  if (before.isCameraOn && !(await isCameraAllowed())) choose(kit, { isCameraOn: false });
  await rejoin(kit, attempt, 0);
}
