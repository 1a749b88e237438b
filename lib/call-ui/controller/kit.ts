import type { Person } from '@parley/call-protocol';
import type { Attention } from '../attention';
import type { CallEvent } from '../call-event';
import { type CallClient, CallError } from '../client';
import type { EventFeed, KitEvent } from '../events/event-feed';
import type { CallFeatures } from '../features';
import type { MediaLoader } from '../media/media-types';
import type { MicrophoneAnswer } from '../media/request-microphone';
import type { CallSound } from '../sound/call-sound';
import type { KitState } from './kit-state';
import type { Alerts } from './owners/alerts';
import type { Attempts } from './owners/attempts';
import type { Calls } from './owners/calls';
import type { Cards } from './owners/cards';
import type { ChosenMedia } from './owners/chosen-media';
import type { Connection } from './owners/connection';
import type { CurrentCall } from './owners/current-call';
import type { Devices } from './owners/devices';
import type { Directory } from './owners/directory';
import type { EarlyRoom } from './owners/early-room';
import type { Hearing } from './owners/hearing';
import type { IncomingFocus } from './owners/incoming-focus';
import type { Language } from './owners/language';
import type { Leaves } from './owners/leaves';
import type { People, ResolvePerson } from './owners/people';
import type { Place } from './owners/place';
import type { PopOut } from './owners/pop-out';
import type { Reactions } from './owners/reactions';
import type { Rings } from './owners/rings';
import type { SwitchQuestion } from './owners/switch-question';
import type { Tab } from './owners/tab';
import type { Timers } from './owners/timers';
import type { StateReader } from './state-store';

/** The browser and the network as the kit's functions use them; each can be replaced. */
type Services = {
  readonly client: CallClient;
  readonly self: Person;
  readonly features: CallFeatures;
  readonly loadMedia: MediaLoader;
  readonly requestMicrophone: () => Promise<MicrophoneAnswer>;
  /** A phone's layout shows a call over the whole window from the start. */
  readonly isNarrow: () => boolean;
  /** Does this once what has just changed is on the screen; the returned function cancels it. */
  readonly afterPaint: (work: () => void) => () => void;
  readonly onCallEvent: (event: CallEvent) => void;
  readonly openConversation: (conversationId: string) => void;
};

/** What only a call needs: the key that is held, the windows of its own, reactions and reports. */
export type InCall = {
  togglePicture(): void;
  receive(event: KitEvent): void;
  stop(): void;
};

/** What the controller is made from. */
export type KitParts = Services & {
  events: EventFeed;
  resolver: () => ResolvePerson | undefined;
  /** Loads what only a call needs. */
  loadInCall: () => Promise<{ runInCall: (kit: Kit) => InCall }>;
  takeClientId: () => Promise<string>;
  makeSound: () => CallSound;
  makeAttention: () => Attention;
};

/**
 * Every owner of state, and the services. Each piece of the state is written by one owner; `state` reads all of them.
 * A function takes the members that it uses: `Pick<Kit, 'rings' | 'client'>`.
 */
export type Kit = Services & {
  readonly state: StateReader<KitState>;
  readonly alerts: Alerts;
  readonly attempts: Attempts;
  readonly calls: Calls;
  readonly cards: Cards;
  readonly chosenMedia: ChosenMedia;
  readonly connection: Connection;
  readonly currentCall: CurrentCall;
  readonly devices: Devices;
  readonly directory: Directory;
  readonly earlyRoom: EarlyRoom;
  readonly hearing: Hearing;
  readonly incomingFocus: IncomingFocus;
  readonly language: Language;
  readonly leaves: Leaves;
  readonly people: People;
  readonly place: Place;
  readonly popOut: PopOut;
  readonly reactions: Reactions;
  readonly rings: Rings;
  readonly switchQuestion: SwitchQuestion;
  readonly tab: Tab;
  readonly timers: Timers;
};

/** Any failure as the one error type, so that its words can be shown. */
export function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  return new CallError('internal', {
    title: 'Something went wrong',
    detail: 'The call could not be set up here.',
  });
}

/** Shows a refused request, and takes the view that came with it. */
export function sayWhy({ calls, cards }: Pick<Kit, 'calls' | 'cards'>, thrown: unknown): void {
  const error = asCallError(thrown);
  calls.take(error.call);
  cards.refuse({ error, start: null });
}
