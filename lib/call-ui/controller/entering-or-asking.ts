import { amIn } from '../call-store';
import { labelOfView } from './call-label';
import { askSwitch, type EnteringOwners, type EnterRequest, enter } from './entering';
import { callElsewhere } from './kit-state';
import { leave } from './leaving';

/** Enters, or opens Switch call? when this person is already in another call, here or elsewhere. */
export function enterOrAsk(kit: EnteringOwners, request: EnterRequest): void {
  const { entry, switching } = kit.state.get();
  // The response to a switch under way is a moment away: a request now would be asked about a call that is being left.
  if (switching?.isBusy) {
    kit.rings.forgetAnswer(request.ringId);
    return;
  }
  if (entry) {
    // The server does not know the call yet: there is nothing to switch from, only a start to cancel.
    if (entry.callId === null || entry.isEntering) leave(kit);
    else {
      askSwitch(kit, entry.callId, entry.label, request);
      return;
    }
  }
  const elsewhere = callElsewhere(kit.state.get())?.view;
  if (elsewhere && amIn(elsewhere) && elsewhere.id !== request.callId) {
    askSwitch(kit, elsewhere.id, labelOfView(elsewhere), request);
    return;
  }
  void enter(kit, request);
}
