import { amIn } from '../call-store';
import { labelOfView } from './call-label';
import { askSwitch, type EnterRequest, enter, without } from './entering';
import type { Kit } from './kit';
import { callElsewhere } from './kit-state';
import { leave } from './leaving';

/** Enters, or opens Switch call? when this person is already in another call, here or elsewhere. */
export function enterOrAsk(kit: Kit, request: EnterRequest): void {
  const { entry, switching } = kit.get();
  // A switch under way has its answer a moment away: what is wanted meanwhile would be asked about a call
  // that is being left.
  if (switching?.isBusy) {
    kit.set({ answering: without(kit, request.ringId) });
    return;
  }
  if (entry) {
    // Not known to the server yet: there is nothing to switch from, only a start to take back.
    if (entry.callId === null || entry.isEntering) leave(kit);
    else {
      askSwitch(kit, entry.callId, entry.label, request);
      return;
    }
  }
  const elsewhere = callElsewhere(kit.get())?.view;
  if (elsewhere && amIn(elsewhere) && elsewhere.id !== request.callId) {
    askSwitch(kit, elsewhere.id, labelOfView(elsewhere), request);
    return;
  }
  void enter(kit, request);
}
