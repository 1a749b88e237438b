import type { CallView, Person } from '@parley/call-protocol';
import { amIn, type HeldCall, ringMsLeft } from '../call-store';
import { clockNow } from '../clock';
import type { KnownConversation } from '../events/event-feed';
import { type AlertsState, firstAlerts } from './owners/alerts';
import { type AttemptsState, firstAttempts } from './owners/attempts';
import { type CallsState, firstCalls } from './owners/calls';
import { type CardsState, firstCards } from './owners/cards';
import { firstConnection, type OpenRoomState } from './owners/connection';
import { type CurrentCallState, firstCurrentCall } from './owners/current-call';
import { type DevicesState, firstDevices } from './owners/devices';
import { type DirectoryState, firstDirectory } from './owners/directory';
import { firstHearing, type HearingState } from './owners/hearing';
import { firstLanguage, type LanguageState } from './owners/language';
import { firstLeaves, type LeavesState } from './owners/leaves';
import { firstPeople, type PeopleState } from './owners/people';
import { firstPlace, type PlaceState } from './owners/place';
import { firstPopOut, type PopOutState } from './owners/pop-out';
import { firstReactions, type ReactionsState } from './owners/reactions';
import { firstRings, type RingsState } from './owners/rings';
import { firstSwitchQuestion, type SwitchQuestionState } from './owners/switch-question';
import { firstTab, type TabState } from './owners/tab';

/** Everything the kit shows, in one immutable object; each piece is written by its owner alone (`owners/`). */
export type KitState = AlertsState &
  AttemptsState &
  CallsState &
  CardsState &
  OpenRoomState &
  CurrentCallState &
  DevicesState &
  DirectoryState &
  HearingState &
  LanguageState &
  LeavesState &
  PeopleState &
  PlaceState &
  PopOutState &
  ReactionsState &
  RingsState &
  SwitchQuestionState &
  TabState;

export const firstKitState: KitState = {
  ...firstAlerts,
  ...firstAttempts,
  ...firstCalls,
  ...firstCards,
  ...firstConnection,
  ...firstCurrentCall,
  ...firstDevices,
  ...firstDirectory,
  ...firstHearing,
  ...firstLanguage,
  ...firstLeaves,
  ...firstPeople,
  ...firstPlace,
  ...firstPopOut,
  ...firstReactions,
  ...firstRings,
  ...firstSwitchQuestion,
  ...firstTab,
};

/** The pieces of the state that decide which calls ring in this tab. */
export const ringingPieces = ['store', 'entry', 'switching', 'answering', 'frontRingId', 'wokeAt'] as const;

/** The pieces of the state that a call is described by, besides the call itself. */
export const describedPieces = [
  'entry',
  'room',
  'volumes',
  'screenVolumes',
  'changingRings',
  'microphoneProblem',
  'errors',
  'unansweredAttempt',
  'isMuteAssumed',
  'screenEnded',
  'reactions',
] as const;

/** What describes a call reads this and no more: a piece that the hooks do not follow does not compile. */
export type DescribedState = Pick<KitState, (typeof describedPieces)[number]>;

/** The call of this tab, once the server has responded. */
export function ownCall({ entry, store }: Pick<KitState, 'entry' | 'store'>): HeldCall | undefined {
  return entry?.callId ? store.calls.get(entry.callId) : undefined;
}

/**
 * The calls that ring in this tab: the one on top first, then by age and round to the oldest. On top is the oldest
 * (fewest milliseconds left), or the one that the person has put there. After a sleep none rings until the server has
 * sent it anew.
 */
export function incomingCalls(
  state: Pick<KitState, (typeof ringingPieces)[number]>,
  now: number,
): HeldCall[] {
  const ringing = [...state.store.calls.values()].filter(({ view, receivedAt }) => {
    const isInThisTab = state.entry?.callId === view.id || state.switching?.toCallId === view.id;
    const isAnswered = state.answering.has(view.myRing?.id ?? '');
    const rings = view.status !== 'ended' && view.myRing && !view.myRing.isQuiet && !amIn(view);
    return rings && !isInThisTab && !isAnswered && receivedAt >= state.wokeAt;
  });
  const left = (held: HeldCall) => ringMsLeft(held, now) ?? 0;
  const byAge = ringing.filter((held) => left(held) > 0).sort((a, b) => left(a) - left(b));
  const front = Math.max(
    0,
    byAge.findIndex(({ view }) => view.myRing?.id === state.frontRingId),
  );
  return [...byAge.slice(front), ...byAge.slice(0, front)];
}

/** Whether this participant has no microphone to send: refused, not found, in use elsewhere or unplugged. */
export const lacksMicrophone = ({
  microphoneProblem,
  room,
}: Pick<KitState, 'microphoneProblem' | 'room'>): boolean =>
  microphoneProblem !== null || (room?.unplugged.has('audioinput') ?? false);

/** The person whose ring runs for this viewer in a call: not always the person who started the call. */
export function ringerOf(view: CallView): Person | null {
  const ringerId = view.myRing?.ringerId ?? view.callerId;
  return view.people.find(({ user }) => user.id === ringerId)?.user ?? null;
}

/** The call of a conversation whose incoming window stands in this tab right now. */
export function ringingIn(
  state: Pick<KitState, (typeof ringingPieces)[number]>,
  conversationId: string | null,
): CallView | null {
  const held = incomingCalls(state, clockNow()).find(({ view }) => view.conversation.id === conversationId);
  return held?.view ?? null;
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
export function liveCallIn(state: Pick<KitState, 'store'>, conversationId: string): HeldCall | null {
  for (const held of state.store.calls.values()) {
    if (held.view.conversation.id === conversationId && held.view.status !== 'ended') return held;
  }
  return null;
}

/** A person as the stream or a call's view names them. */
export function personIn(
  { store, users }: Pick<KitState, 'store' | 'users'>,
  id: string,
): Person | undefined {
  const views = [...store.calls.values()].map(({ view }) => view);
  return users.get(id) ?? views.flatMap(({ people }) => people).find(({ user }) => user.id === id)?.user;
}

/** The direct conversation with a person, when there is one already. */
export function directConversationWith(state: KitState, userId: string): KnownConversation | null {
  for (const view of state.conversations.values()) {
    if (view.kind === 'direct' && view.memberIds?.includes(userId)) return view;
  }
  return null;
}
