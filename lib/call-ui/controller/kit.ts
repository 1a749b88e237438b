import type { CallView, Person } from '../../protocol';
import type { Attention } from '../attention';
import type { CallEvent } from '../call-event';
import type { CallStoreAction } from '../call-store';
import { type CallClient, CallError } from '../client';
import type { EventFeed } from '../events/event-feed';
import type { CallRoom, MediaLoader } from '../media/media-types';
import type { MicrophoneAnswer } from '../media/request-microphone';
import type { CallSound } from '../sound/call-sound';
import type { KitState } from './kit-state';
import type { ChosenMedia } from './media-choice';

/** What the controller works with; everything that is a browser or a network can be replaced. */
export type KitParts = {
  client: CallClient;
  events: EventFeed;
  self: Person;
  loadMedia: MediaLoader;
  requestMicrophone: () => Promise<MicrophoneAnswer>;
  takeClientId: () => Promise<string>;
  makeSound: () => CallSound;
  makeAttention: () => Attention;
  /** A phone's layout shows a call over the whole window from the start. */
  isNarrow: () => boolean;
  onCallEvent: (event: CallEvent) => void;
  openConversation: (conversationId: string) => void;
};

/** The state outside React, and the handles that are not state. The other controller files act on it. */
export type Kit = {
  parts: KitParts;
  get(): KitState;
  set(change: Partial<KitState>): void;
  subscribe(listener: () => void): () => void;
  /** Applies an action to the call store and tells the app what that changed. */
  apply(action: CallStoreAction): void;
  /** Puts a view that came just now into the store, if there is one. */
  take(view: CallView | null | undefined): void;
  /** The tab's id; the same promise every time. */
  clientId(): Promise<string>;
  /** A new number for an entry; what works for it goes on only while the number is wanted. */
  newAttempt(): number;
  cancel(attempt: number): void;
  cancelAll(): void;
  isWanted(attempt: number): boolean;
  room: CallRoom | null;
  /** Stops listening to `room`. */
  unwatchRoom: (() => void) | null;
  chosen: ChosenMedia;
  /** The attempt that is getting back into its call: one does so at a time. */
  rejoining: number | null;
  /** Starts that were taken back; the server has not confirmed it. */
  unconfirmedLeaves: Set<string>;
  sound: CallSound | null;
  /** What had the focus before the person went to an incoming window by key. */
  focusBefore: HTMLElement | null;
  /** How many parts of the page show the question Switch call? */
  switchAskers: number;
  /** One timer per name; a new one replaces the old. `dropped` is called when this one will not come to its work. */
  later(name: string, ms: number, work: () => void, dropped?: () => void): void;
  cancelTimers(): void;
};

/** Any failure as the one error type, so that its words can be shown. */
export function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  return new CallError('internal', {
    title: 'Something went wrong',
    detail: 'The call could not be set up here.',
  });
}
