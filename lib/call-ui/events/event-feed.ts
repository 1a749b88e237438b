import type { ConversationView, Gone, Person, ReactionEvent, ReceptionEvent } from '@parley/call-protocol';
import type { SentCallView } from '../sent-views';

/** `lost` comes back by itself; `connecting` is only ever the first try. */
export type EventFeedState = 'connecting' | 'open' | 'lost';

/**
 * What the kit reads of the person who is signed in: `doNotDisturb` makes rings quiet in every tab.
 *
 * @example
 * const me: OwnState = { id: 'user_1', doNotDisturb: false };
 */
export type OwnState = { id: string; doNotDisturb: boolean };

/**
 * What the kit reads of a conversation: whom a call in it reaches, what it is called, what is unread beside the call.
 *
 * @example
 * const trip: KnownConversation = { id: 'conv_3', kind: 'group', title: 'Weekend trip', hue: 210, memberIds };
 */
export type KnownConversation = Pick<ConversationView, 'id' | 'kind' | 'title' | 'hue' | 'memberIds'> & {
  unreadCount?: number;
};

/**
 * All that is live for the viewer: a call that is missing here has ended or was taken away.
 *
 * @example
 * const data: KitSnapshot = { calls: [], me: { id: 'user_1', doNotDisturb: false } };
 */
export type KitSnapshot = {
  calls: readonly SentCallView[];
  me: OwnState;
  /** Names for a call that has no view yet. Default: none, and an own call says what its button was given. */
  users?: readonly Person[];
  /** Which conversations there are: a call to a person then shows in their conversation before the server answers. */
  conversations?: readonly KnownConversation[];
  /** What `protocolVersion` was on the server; missing: as old as this kit. */
  protocolVersion?: number | undefined;
};

/**
 * What the kit takes from a feed. A feed may carry more; events of other types are passed over, so that an app has one
 * stream for everything.
 *
 * @example
 * const ring: KitEvent = { type: 'call', data: viewFor('user_1', call) };
 */
export type KitEvent =
  | { type: 'snapshot'; data: KitSnapshot }
  /** A view as a whole, or that the viewer may no longer see the call. An ended call is sent once more, as ended. */
  | { type: 'call'; data: SentCallView | Gone }
  | { type: 'me'; data: OwnState }
  | { type: 'users'; data: readonly (Person | Gone)[] }
  | { type: 'conversation'; data: KnownConversation | Gone }
  | { type: 'reaction'; data: ReactionEvent }
  | { type: 'reception'; data: ReceptionEvent }
  /** The sign-in has ended: the last event. */
  | { type: 'signed-out'; data: object }
  | { type: 'message' | 'community' | 'heartbeat'; data: unknown };

/**
 * The server's events for one person. Replaceable: give `CallProvider` any object of this type that keeps these
 * promises (`transportRules` of `@parley/call-kit/testing` tests them):
 *
 * - The first event that a listener gets is a snapshot, also of a listener that comes late: with everything known, and
 *   its milliseconds aged by the time since.
 * - Views are whole, and `revision` grows with every change. Events may come twice, or in another order: the newest
 *   revision counts.
 * - Whatever was lost while the connection was away comes as a snapshot once it is back.
 *
 * @example
 * const events: EventFeed = { subscribe, state: () => 'open', onState: () => () => {}, close };
 */
export type EventFeed<Event = KitEvent> = {
  /** @returns ends the subscription: nothing comes after it */
  subscribe(listener: (event: Event) => void): () => void;
  state(): EventFeedState;
  onState(listener: (state: EventFeedState) => void): () => void;
  /** Stops for good. */
  close(): void;
};
