import type { SentCallWithMedia } from '../sent-views';
import { labelOfView } from './call-label';
import { roomChoices } from './connecting-early';
import { asCallError, type Kit } from './kit';
import { type LeavingOwners, leaveForGood } from './leaving';
import {
  askMicrophone,
  askMicrophonePainted,
  openEarlyRoom,
  openRoom,
  releaseMicrophone,
} from './media-wiring';
import type { CallLabel, Entry } from './owners/current-call';
import { reconcileEntry } from './reconciling';
import { type RejoiningOwners, rejoin } from './rejoining';
import { untilAnswered } from './repeating';
import { soundFirst } from './sound-first';

/** What entering a call reads and writes: nearly everything, because it ends what was before. */
export type EnteringOwners = RejoiningOwners &
  LeavingOwners &
  Pick<
    Kit,
    | 'afterPaint'
    | 'earlyRoom'
    | 'features'
    | 'hearing'
    | 'isNarrow'
    | 'openConversation'
    | 'people'
    | 'rings'
    | 'self'
  >;

export type EnterRequest = {
  kind: Entry['kind'];
  callId: string | null;
  requestId: string | null;
  /** The ring this answers. */
  ringId?: string;
  label: CallLabel;
  post: (clientId: string, switchFrom: string | null) => Promise<SentCallWithMedia>;
  /** The call this one takes the place of: it stays until the server has agreed. */
  switchFrom?: string | null;
};

/**
 * Enters a call: requests server and microphone side by side, shows it, loads LiveKit meanwhile, connects. The media acts
 * first: the request goes out before anything renders, and a call that was accepted or joined is shown whole after its
 * first sound. A lost response is requested again while this is wanted. Refused: everything is as before, and the
 * server's words are shown. Never rejects.
 */
export async function enter(kit: EnteringOwners, request: EnterRequest): Promise<void> {
  const { kind, callId, requestId, label } = request;
  const switchFrom = request.switchFrom ?? null;
  // During a switch the old call goes on until the server has agreed.
  if (switchFrom === null) kit.attempts.cancelAll();
  const attempt = kit.attempts.create();
  const post = async () => request.post(kit.state.get().clientId ?? (await kit.tab.clientId()), switchFrom);
  const asked = untilAnswered(kit, attempt, post);
  const load = () => void kit.loadMedia().catch(() => {});
  // An answer is to be heard at once; a call that begins is to be seen, here and where it rings.
  const microphone = kind === 'start' ? askMicrophonePainted(kit) : askMicrophone(kit);
  if (kind === 'start') kit.afterPaint(load);
  else load();
  const isArriving = switchFrom === null && (kind === 'accept' || kind === 'join');
  const early = kit.earlyRoom.take(isArriving ? callId : null, roomChoices());
  const entry: Entry = {
    ...{ attempt, kind, callId, requestId, label },
    ...{ isEntering: true, isArriving, hasConnected: false },
  };
  const isExpanded = kit.isNarrow();
  const begin = () => {
    kit.devices.reset();
    kit.place.setExpanded(isExpanded);
    kit.place.setFocus(null);
    kit.place.setPinned(null);
    kit.hearing.close();
    kit.switchQuestion.close();
  };
  if (switchFrom === null) kit.chosenMedia.reset(kind === 'move' ? { microphone: 'unknown' } : {});
  kit.state.batch(() => {
    kit.cards.clear();
    if (switchFrom !== null) kit.switchQuestion.setAttempt(attempt);
    else {
      begin();
      kit.currentCall.enter(entry);
    }
  });
  const show = (conversationId: string) => openConversation(kit, conversationId);
  const arrived = isArriving ? soundFirst(kit, attempt, show) : null;
  const again = () => rejoin(kit, attempt);
  const enterEarly = early && openEarlyRoom(kit, attempt, early, microphone, again);
  if (!isArriving && switchFrom === null && label.conversationId) show(label.conversationId);

  let answer: SentCallWithMedia;
  try {
    answer = await asked;
  } catch (thrown) {
    releaseMicrophone(microphone);
    if (early && kit.connection.current() === early) kit.connection.close();
    refuse(kit, request, attempt, thrown);
    return;
  }
  const call = kit.calls.complete(answer.call);
  if (!kit.attempts.isWanted(attempt)) {
    // Left before the response came: the leave that was sent then may have been the earlier one.
    kit.calls.take(call);
    releaseMicrophone(microphone);
    if (requestId) kit.leaves.confirm(requestId);
    void leaveForGood(kit, call.id);
    return;
  }
  if (switchFrom !== null) {
    const old = kit.state.get().entry;
    if (old) kit.attempts.cancel(old.attempt);
    kit.connection.close();
    kit.chosenMedia.reset();
    kit.state.batch(begin);
  }
  const heard = arrived ?? (() => {});
  const connect = () => openRoom(kit, attempt, answer, early ? askMicrophone(kit) : microphone, again, heard);
  const isWanted = () => kit.attempts.isWanted(attempt);
  const opening = enterEarly
    ? enterEarly(heard).then((isIn) => isIn || (isWanted() && connect()))
    : connect();
  kit.state.batch(() => {
    kit.calls.take(call);
    const { isArriving: isStillArriving = false } = kit.state.get().entry ?? {};
    const known = { callId: call.id, label: labelOfView(call), isArriving: isArriving && isStillArriving };
    kit.currentCall.enter({ ...entry, ...known, isEntering: false });
    kit.switchQuestion.close();
    kit.leaves.remove(call.id);
    kit.rings.forgetAnswer(request.ringId);
  });
  if (switchFrom !== null || !label.conversationId) show(call.conversation.id);
  if (kind === 'start' && call.callerId === call.viewerId) {
    kit.onCallEvent({ type: 'started', callId: call.id, conversationId: call.conversation.id });
  }
  const isConnected = await opening;
  if (!isConnected) arrived?.();
  reconcileEntry(kit);
  if (!isConnected && isWanted()) await rejoin(kit, attempt);
}

function refuse(kit: EnteringOwners, request: EnterRequest, attempt: number, thrown: unknown) {
  const error = asCallError(thrown);
  const final = kit.calls.take(error.call);
  if (!kit.attempts.isWanted(attempt)) return;
  kit.attempts.cancel(attempt);
  const isSwitch = (request.switchFrom ?? null) !== null;
  kit.state.batch(() => {
    kit.switchQuestion.close();
    kit.rings.forgetAnswer(request.ringId);
    if (!isSwitch) kit.currentCall.clear();
  });

  if (error.code === 'already_in_call' && !isSwitch) {
    const other = kit.calls.viewOf(error.callId);
    askSwitch(kit, error.callId, other ? labelOfView(other) : null, request);
  } else if (error.code === 'answered_elsewhere') {
    const { callId } = request;
    // The view with the other device in it brings up Move call here.
    if (callId && !error.call) void kit.client.get(callId).then(kit.calls.take, () => {});
  } else if (error.code === 'call_ended' && final) {
    kit.cards.showEnd({ view: final, label: labelOfView(final) });
  } else {
    const start = request.kind === 'start' || request.kind === 'join' ? request.label : null;
    kit.cards.refuse({ error, start });
  }
}

/** Opens Switch call? where a component shows it; confirming repeats the request with `switchFrom`. */
export function askSwitch(
  kit: EnteringOwners,
  fromCallId: string | null,
  from: CallLabel | null,
  request: EnterRequest,
): void {
  const go = () => {
    if (kit.state.get().switching?.isBusy) return;
    kit.switchQuestion.markBusy();
    void enter(kit, { ...request, switchFrom: fromCallId });
  };
  const { callId: toCallId, label: to, requestId } = request;
  kit.state.batch(() => {
    kit.switchQuestion.open({ fromCallId, toCallId, from, to, requestId, attempt: null, isBusy: false, go });
    kit.rings.forgetAnswer(request.ringId);
  });
  // With no SwitchCallDialog mounted, switching needs no confirmation.
  if (!kit.switchQuestion.hasView()) go();
}

function openConversation(kit: EnteringOwners, conversationId: string) {
  if (!kit.state.get().screens.includes(conversationId)) kit.openConversation(conversationId);
}
