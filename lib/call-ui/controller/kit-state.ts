import type { CallView, ConversationView, MeView, Person } from '../../protocol';
import { amIn, type CallStoreState, emptyCallStore, type HeldCall, ringMsLeft } from '../call-store';
import type { EventFeedState } from '../events/event-feed';
import type { DeviceProblem } from '../media/device-problem';
import type { RoomState } from '../media/media-types';

/** What a call is called and who is in it, as far as this tab knows before the server says more. */
export type CallLabel = {
  conversationId: string | null;
  kind: 'direct' | 'group';
  /** The other person of a direct call, also while nothing else is known of them; null in a group. */
  otherId: string | null;
  /** The other person's name, or the group's title. */
  title: string;
  /** The others. */
  people: readonly Person[];
};

/** The call this tab is in or is entering. */
export type Entry = {
  /** Distinguishes this entry from an earlier one of the same call. */
  attempt: number;
  kind: 'start' | 'accept' | 'join' | 'move' | 'rejoin';
  /** Null while the server has not answered a start. */
  callId: string | null;
  requestId: string | null;
  /** True until the server has answered. */
  isEntering: boolean;
  hasConnected: boolean;
  label: CallLabel;
};

/** The question Switch call?, and what to do when the answer is yes. */
export type Switching = {
  fromCallId: string | null;
  toCallId: string | null;
  from: CallLabel;
  to: CallLabel;
  /** Of the start that is asked about. */
  requestId: string | null;
  /** Set while the switch is under way. */
  attempt: number | null;
  isBusy: boolean;
  go: () => void;
};
/** `start`: the call that was to be started or joined; null when something else was refused. */
export type Refusal = { title: string; detail: string; start: CallLabel | null };
export type StartSheet = { people: readonly Person[]; title: string; go: () => void };
/** `isHeld`: focus or pointer is in the card, so it stays. */
export type EndedCall = { view: CallView; label: CallLabel; isHeld?: boolean };
export type DeviceWord = 'microphone' | 'camera' | 'screen';

/** What took a screen share away: a browser shares a screen only when the person presses for it. */
export type ScreenEnd = 'dropped' | 'reloaded' | 'moved';

/** Everything the kit shows, in one immutable object; pieces keep their identity while unchanged. */
export type KitState = {
  clientId: string | null;
  stream: EventFeedState;
  /** The protocol that the server speaks, as its snapshot says. */
  serverVersion: number | null;
  store: CallStoreState;
  users: ReadonlyMap<string, Person>;
  conversations: ReadonlyMap<string, ConversationView>;
  me: MeView | null;
  entry: Entry | null;
  room: RoomState | null;
  microphoneProblem: DeviceProblem | null;
  busy: Readonly<Record<DeviceWord, boolean>>;
  errors: Readonly<Record<DeviceWord, string | null>>;
  /** Why the person's screen share ended without them; null when it did not, or once they have acted on it. */
  screenEnded: ScreenEnd | null;
  /** The call moved here muted because nothing tells whether it was heard before. */
  isMuteAssumed: boolean;
  volumes: ReadonlyMap<string, number>;
  /** Rings that were answered here, by id: they stay silent until the server's view says how they ended. */
  answering: ReadonlyMap<string, 'accepting' | 'declining'>;
  /** People whose ring is being started or stopped by this tab, as `callId userId`. */
  changingRings: ReadonlySet<string>;
  switching: Switching | null;
  /** The attempt to enter that the server has not answered at first: it is tried again. */
  unansweredAttempt: number | null;
  sheet: StartSheet | null;
  refusal: Refusal | null;
  ended: EndedCall | null;
  /** Calls this tab has left; the server may not know yet. */
  leftIds: ReadonlySet<string>;
  isMoving: boolean;
  /** The call on another device whose card was put away. */
  moveDismissedId: string | null;
  isExpanded: boolean;
  /** The conversation stands beside the call in the full window. */
  isChatOpen: boolean;
  layout: 'focus' | 'grid';
  isSoundBlocked: boolean;
  /** The conversations whose call screen stands in the page right now. */
  screens: readonly string[];
  /** How many mini bars stand in the page. */
  bars: number;
  /** How many parts of the app show the ringing title themselves. */
  titleOwners: number;
  /** Grows when a ring's deadline passes on this tab's clock. */
  deadlinesPassed: number;
  /** When the computer last woke up, on the kit's clock: a ring that was received before is not known to run. */
  wokeAt: number;
};

/** What is said of the devices when a call begins. */
export const freshDevices: Pick<
  KitState,
  'microphoneProblem' | 'busy' | 'errors' | 'screenEnded' | 'isMuteAssumed'
> = {
  microphoneProblem: null,
  busy: { microphone: false, camera: false, screen: false },
  errors: { microphone: null, camera: null, screen: null },
  screenEnded: null,
  isMuteAssumed: false,
};

export const firstKitState: KitState = {
  clientId: null,
  stream: 'connecting',
  serverVersion: null,
  store: emptyCallStore,
  users: new Map(),
  conversations: new Map(),
  me: null,
  entry: null,
  room: null,
  ...freshDevices,
  volumes: new Map(),
  answering: new Map(),
  changingRings: new Set(),
  switching: null,
  unansweredAttempt: null,
  sheet: null,
  refusal: null,
  ended: null,
  leftIds: new Set(),
  isMoving: false,
  moveDismissedId: null,
  isExpanded: false,
  isChatOpen: false,
  layout: 'focus',
  isSoundBlocked: false,
  screens: [],
  bars: 0,
  titleOwners: 0,
  deadlinesPassed: 0,
  wokeAt: Number.NEGATIVE_INFINITY,
};

/**
 * The calls that ring in this tab, oldest (fewest milliseconds left) first. After a sleep none rings until the
 * server has sent it anew.
 */
export function incomingCalls(state: KitState, now: number): HeldCall[] {
  const ringing = [...state.store.calls.values()].filter(({ view, receivedAt }) => {
    const isInThisTab = state.entry?.callId === view.id || state.switching?.toCallId === view.id;
    const isAnswered = state.answering.has(view.myRing?.id ?? '');
    const rings = view.status !== 'ended' && view.myRing && !view.myRing.isQuiet && !amIn(view);
    return rings && !isInThisTab && !isAnswered && receivedAt >= state.wokeAt;
  });
  const left = (held: HeldCall) => ringMsLeft(held, now) ?? 0;
  return ringing.filter((held) => left(held) > 0).sort((a, b) => left(a) - left(b));
}

/** The call that another tab or device of this person holds; null when there is none or this tab is in one. */
export function callElsewhere(state: KitState): HeldCall | null {
  if (state.entry || !state.clientId) return null;
  for (const held of state.store.calls.values()) {
    const { view } = held;
    if (amIn(view) && view.holderClientId !== null && view.holderClientId !== state.clientId) return held;
  }
  return null;
}

/** The live call of a conversation. */
export function liveCallIn(state: KitState, conversationId: string): HeldCall | null {
  for (const held of state.store.calls.values()) {
    if (held.view.conversation.id === conversationId && held.view.status !== 'ended') return held;
  }
  return null;
}

/** The direct conversation with a person, when there is one already. */
export function directConversationWith(state: KitState, userId: string): ConversationView | null {
  for (const view of state.conversations.values()) {
    if (view.kind === 'direct' && view.memberIds?.includes(userId)) return view;
  }
  return null;
}
