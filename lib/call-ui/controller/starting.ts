import type { Person } from '../../protocol';
import { amIn } from '../call-store';
import type { CallTarget } from '../client';
import { makeClientId } from '../client-id';
import { moveHere } from './answering';
import { labelOfTarget, labelOfView } from './call-label';
import { conversationIdOf, isCallTo } from './call-target';
import { askSwitch, type EnterRequest, enter, without } from './entering';
import type { Kit } from './kit';
import { callElsewhere, liveCallIn } from './kit-state';
import { leave } from './leaving';

export type StartHints = { people?: readonly Person[] | undefined; title?: string | undefined };

/** Starts a call, or joins the one that lives there; asks first when this person is in another. */
export function start(kit: Kit, target: CallTarget, hints: StartHints = {}): void {
  const state = kit.get();
  const conversationId = conversationIdOf(state, target);
  const { entry } = state;
  // Pressed again: the call is on the screen, or on its way.
  if (entry && isCallTo(state, entry.label, target)) {
    const openId = entry.label.conversationId ?? conversationId;
    if (openId && !state.screens.includes(openId)) kit.parts.openConversation(openId);
    return;
  }
  const live = conversationId ? liveCallIn(state, conversationId)?.view : undefined;
  if (live && callElsewhere(state)?.view.id === live.id) {
    void moveHere(kit);
    return;
  }
  const requestId = makeClientId();
  const { client, self } = kit.parts;
  const request: EnterRequest = live
    ? {
        kind: 'join',
        callId: live.id,
        requestId: null,
        label: labelOfView(live),
        post: (clientId, switchFrom) =>
          client.join(live.id, { clientId, ...(switchFrom ? { switchFrom } : {}) }),
      }
    : {
        kind: 'start',
        callId: null,
        requestId,
        label: labelOfTarget(state, self.id, target, hints),
        post: (clientId, switchFrom) =>
          client.start(target, { clientId, requestId, ...(switchFrom ? { switchFrom } : {}) }),
      };
  enterOrAsk(kit, request);
}

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
