import type { Person } from '@parley/call-protocol';
import type { CallTarget } from '../client';
import { makeClientId } from '../client-id';
import { moveHere } from './answering';
import { labelOfTarget, labelOfView } from './call-label';
import { conversationIdOf, isCallTo } from './call-target';
import type { EnteringOwners, EnterRequest } from './entering';
import { enterOrAsk } from './entering-or-asking';
import { callElsewhere, liveCallIn } from './kit-state';

export type StartHints = {
  people?: readonly Person[] | undefined;
  title?: string | undefined;
  /** What the call is about; only for a call that does not live yet. */
  line?: string | undefined;
};

/** Starts a call, or joins the one that lives there; asks first when this person is in another. */
export function start(kit: EnteringOwners, target: CallTarget, hints: StartHints = {}): void {
  const state = kit.state.get();
  const conversationId = conversationIdOf(state, target);
  const { entry } = state;
  // Pressed again: the call is on the screen, or on its way.
  if (entry && isCallTo(state, entry.label, target)) {
    const openId = entry.label.conversationId ?? conversationId;
    if (openId && !state.screens.includes(openId)) kit.openConversation(openId);
    return;
  }
  const live = conversationId ? liveCallIn(state, conversationId)?.view : undefined;
  if (live && kit.features.moveHere && callElsewhere(state)?.view.id === live.id) {
    void moveHere(kit);
    return;
  }
  const requestId = makeClientId();
  const { client } = kit;
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
        label: labelOfTarget(kit, target, hints),
        post: (clientId, switchFrom) =>
          client.start(target, {
            clientId,
            requestId,
            ...(switchFrom ? { switchFrom } : {}),
            ...(hints.line ? { line: hints.line } : {}),
            ...(kit.loadMedia.preconnects ? { sendsSilence: true } : {}),
          }),
      };
  enterOrAsk(kit, request);
}
