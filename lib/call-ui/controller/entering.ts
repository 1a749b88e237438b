import type { CallView, CallWithMedia } from '../../protocol';
import { labelOfView } from './call-label';
import { choose } from './chosen-media';
import { closeRoom } from './closing-room';
import { asCallError, type Kit } from './kit';
import { type CallLabel, type Entry, freshDevices, type Switching } from './kit-state';
import { firstChoice } from './media-choice';
import { askMicrophone, openRoom, releaseMicrophone } from './media-wiring';
import { reconcileEntry } from './receiving';
import { rejoin } from './rejoining';
import { untilAnswered } from './repeating';

export type EnterRequest = {
  kind: Entry['kind'];
  callId: string | null;
  requestId: string | null;
  /** The ring this answers. */
  ringId?: string;
  label: CallLabel;
  post: (clientId: string, switchFrom: string | null) => Promise<CallWithMedia>;
  /** The call this one takes the place of: it stays until the server has agreed. */
  switchFrom?: string | null;
};

/**
 * Enters a call: shows it at once, asks server and microphone side by side, loads LiveKit meanwhile,
 * connects. A lost answer is asked for again while this is wanted. Refused: everything is as before, and
 * the words are shown. Never rejects.
 */
export async function enter(kit: Kit, request: EnterRequest): Promise<void> {
  const { kind, callId, requestId, label } = request;
  const switchFrom = request.switchFrom ?? null;
  // During a switch the old call goes on until the server has agreed.
  if (switchFrom === null) kit.cancelAll();
  const attempt = kit.newAttempt();
  const entry: Entry = { attempt, kind, callId, requestId, label, isEntering: true, hasConnected: false };
  const fresh = {
    ...freshDevices,
    isExpanded: kit.parts.isNarrow(),
    switching: null,
  };
  kit.set({ refusal: null, ended: null, sheet: null });
  if (switchFrom === null) {
    choose(kit, kind === 'move' ? { ...firstChoice, microphone: 'unknown' } : firstChoice);
    kit.set({ ...fresh, entry });
  } else {
    const { switching } = kit.get();
    if (switching) kit.set({ switching: { ...switching, attempt } });
  }
  const microphone = askMicrophone(kit);
  void kit.parts.loadMedia().catch(() => {});
  if (switchFrom === null && label.conversationId) openConversation(kit, label.conversationId);

  let answer: CallWithMedia;
  try {
    const clientId = kit.get().clientId ?? (await kit.clientId());
    answer = await untilAnswered(kit, attempt, () => request.post(clientId, switchFrom));
  } catch (thrown) {
    releaseMicrophone(microphone);
    refuse(kit, request, attempt, thrown);
    return;
  }
  const { call, media } = answer;
  kit.take(call);
  if (!kit.isWanted(attempt)) {
    // Left before the answer came: the leave that was sent then may have been the earlier one.
    releaseMicrophone(microphone);
    if (requestId) kit.unconfirmedLeaves.delete(requestId);
    void leaveForGood(kit, call.id);
    return;
  }
  if (switchFrom !== null) {
    const old = kit.get().entry;
    if (old) kit.cancel(old.attempt);
    closeRoom(kit);
    choose(kit, firstChoice);
    kit.set(fresh);
  }
  const leftIds = new Set(kit.get().leftIds);
  leftIds.delete(call.id);
  const entered = { ...entry, callId: call.id, isEntering: false, label: labelOfView(call) };
  kit.set({ entry: entered, switching: null, leftIds, answering: without(kit, request.ringId) });
  if (switchFrom !== null || !label.conversationId) openConversation(kit, call.conversation.id);
  if (kind === 'start' && call.callerId === call.viewerId) {
    kit.parts.onCallEvent({ type: 'started', callId: call.id, conversationId: call.conversation.id });
  }
  const isConnected = await openRoom(kit, attempt, media, microphone, () => rejoin(kit, attempt));
  reconcileEntry(kit);
  if (!isConnected && kit.isWanted(attempt)) await rejoin(kit, attempt);
}

/** Sends the leave in the background; resolves with the view, or null when no request got through. */
export async function leaveForGood(kit: Kit, callId: string): Promise<CallView | null> {
  kit.set({ leftIds: new Set(kit.get().leftIds).add(callId) });
  try {
    const view = await kit.parts.client.leave(callId, { clientId: await kit.clientId() });
    kit.take(view);
    return view;
  } catch {
    // No request got through: the server's rejoin deadline ends this participation.
    return null;
  }
}

function refuse(kit: Kit, request: EnterRequest, attempt: number, thrown: unknown) {
  const error = asCallError(thrown);
  kit.take(error.call);
  if (!kit.isWanted(attempt)) return;
  kit.cancel(attempt);
  const isSwitch = (request.switchFrom ?? null) !== null;
  const rest = { switching: null, answering: without(kit, request.ringId) };
  kit.set(isSwitch ? rest : { ...rest, entry: null });

  if (error.code === 'already_in_call' && !isSwitch) {
    const other = kit.get().store.calls.get(error.callId ?? '')?.view;
    const from = other
      ? labelOfView(other)
      : { ...request.label, title: 'Your other call', otherId: null, people: [] };
    askSwitch(kit, error.callId, from, request);
  } else if (error.code === 'answered_elsewhere') {
    const { callId } = request;
    // The view with the other device in it brings up Move call here.
    if (callId && !error.call) void kit.parts.client.get(callId).then(kit.take, () => {});
  } else if (error.code === 'call_ended' && error.call) {
    kit.set({ ended: { view: error.call, label: labelOfView(error.call) } });
  } else {
    const { title, detail } = error;
    const start = request.kind === 'start' || request.kind === 'join' ? request.label : null;
    kit.set({ refusal: { title, detail: detail === title ? '' : detail, start } });
  }
}

/** Opens Switch call? where a component shows it; confirming repeats the request with `switchFrom`. */
export function askSwitch(kit: Kit, fromCallId: string | null, from: CallLabel, request: EnterRequest): void {
  const go = () => {
    const { switching } = kit.get();
    if (switching?.isBusy) return;
    if (switching) kit.set({ switching: { ...switching, isBusy: true } });
    void enter(kit, { ...request, switchFrom: fromCallId });
  };
  const switching: Switching = {
    fromCallId,
    toCallId: request.callId,
    from,
    to: request.label,
    requestId: request.requestId,
    attempt: null,
    isBusy: false,
    go,
  };
  kit.set({ switching, answering: without(kit, request.ringId) });
  // An app that hides the question has answered it.
  if (kit.switchAskers === 0) go();
}

/** Who is being answered, without this ring. */
export function without(
  kit: Kit,
  ringId: string | undefined,
): ReadonlyMap<string, 'accepting' | 'declining'> {
  const answering = new Map(kit.get().answering);
  answering.delete(ringId ?? '');
  return answering;
}

function openConversation(kit: Kit, conversationId: string) {
  if (!kit.get().screens.includes(conversationId)) kit.parts.openConversation(conversationId);
}
