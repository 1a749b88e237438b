import type { StreamEvent } from '../../protocol';
import { amIn, selfIn } from '../call-store';
import { clockNow } from '../clock';
import { closeRoom } from './closing-room';
import type { Kit } from './kit';

/** The server gives a moved call's new device 15 s to connect, and a moment to be heard. */
const longestHandoverMs = 20_000;

/** Takes one event of the stream. */
export function receive(kit: Kit, event: StreamEvent): void {
  switch (event.type) {
    case 'snapshot':
      takeSnapshot(kit, event.data);
      break;
    case 'call':
      if ('gone' in event.data) kit.apply({ type: 'gone', gone: event.data });
      else kit.take(event.data);
      break;
    case 'users': {
      const users = new Map(kit.get().users);
      for (const view of event.data) {
        if ('gone' in view) users.delete(view.id);
        else users.set(view.id, view);
      }
      kit.set({ users });
      break;
    }
    case 'conversation': {
      const conversations = new Map(kit.get().conversations);
      if ('gone' in event.data) conversations.delete(event.data.id);
      else conversations.set(event.data.id, event.data);
      kit.set({ conversations });
      break;
    }
    case 'me':
      kit.set({ me: event.data });
      break;
    case 'signed-out':
      kit.cancelAll();
      closeRoom(kit);
      kit.set({ entry: null, switching: null, sheet: null });
      kit.apply({ type: 'snapshot', views: [], at: clockNow() });
      break;
  }
  reconcileEntry(kit);
  reconcileSwitching(kit);
}

/** Switch call? goes away with the call it was about. */
function reconcileSwitching(kit: Kit) {
  const { switching, store } = kit.get();
  if (!switching?.toCallId || switching.isBusy) return;
  const view = store.calls.get(switching.toCallId)?.view;
  if (!view || view.status === 'ended') kit.set({ switching: null });
}

function takeSnapshot(kit: Kit, data: Extract<StreamEvent, { type: 'snapshot' }>['data']) {
  const ownId = kit.get().entry?.callId;
  kit.set({
    serverVersion: data.protocolVersion ?? null,
    me: data.me,
    users: new Map(data.users.map((user) => [user.id, user])),
    conversations: new Map(data.conversations.map((view) => [view.id, view])),
  });
  const at = clockNow();
  kit.apply({ type: 'snapshot', views: data.calls, at, keepIds: new Set(ownId ? [ownId] : []) });
  if (ownId && !data.calls.some((call) => call.id === ownId)) void askForOwnCall(kit, ownId);
}

/** My call is not among what lives any more: its last view says how it ended. */
async function askForOwnCall(kit: Kit, callId: string) {
  try {
    kit.take(await kit.parts.client.get(callId));
  } catch {
    const { entry } = kit.get();
    if (entry?.callId === callId && !entry.isEntering) kit.apply({ type: 'forget', callId });
  }
  reconcileEntry(kit);
}

/** Brings this tab in line with what the server says about the call it is in. */
export function reconcileEntry(kit: Kit): void {
  const { entry, store, clientId } = kit.get();
  if (!entry?.callId) return;
  const view = store.calls.get(entry.callId)?.view;
  // While an accept is under way my ring may be answered elsewhere; the answer itself will tell.
  if (entry.isEntering && view?.status !== 'ended') return;
  if (view && amIn(view)) {
    const isHeldHere = view.holderClientId === null || view.holderClientId === clientId;
    if (isHeldHere) return;
    if (isStillHeard(kit)) {
      // LiveKit sends this tab away as soon as the new device is heard; until then it keeps talking.
      kit.later('handover', longestHandoverMs, () => releaseCall(kit, view.id));
      return;
    }
    releaseCall(kit, view.id);
    return;
  }
  const isSwitching = kit.get().switching?.isBusy ?? false;
  drop(kit);
  // The call that is being left for another one has no end to tell about.
  if (isSwitching) return;
  kit.set({ switching: null });
  if (view?.status === 'ended') {
    kit.set({ ended: { view, label: entry.label } });
    return;
  }
  // Without a view: this person may not see the call any more.
  if (!view || selfIn(view)?.participation?.state === 'left') {
    kit.parts.onCallEvent({ type: 'left', callId: entry.callId });
  }
}

function isStillHeard(kit: Kit): boolean {
  const connection = kit.get().room?.connection;
  return connection === 'connected' || connection === 'reconnecting';
}

/** Another device of this person holds the call now. */
function releaseCall(kit: Kit, callId: string) {
  const { entry, store, clientId } = kit.get();
  const holder = store.calls.get(callId)?.view.holderClientId ?? null;
  if (entry?.callId !== callId || holder === null || holder === clientId) return;
  drop(kit);
  kit.parts.onCallEvent({ type: 'moved', callId });
}

function drop(kit: Kit) {
  const { entry } = kit.get();
  if (entry) kit.cancel(entry.attempt);
  closeRoom(kit);
  kit.set({ entry: null, isExpanded: false });
}
