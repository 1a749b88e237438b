import type { CallView, Person } from '../../protocol';
import type { Attention } from '../attention';
import type { CallEvent } from '../call-event';
import { type CallStoreAction, callStore } from '../call-store';
import { type CallClient, CallError } from '../client';
import { clockNow } from '../clock';
import type { EventFeed } from '../events/event-feed';
import type { CallRoom, MediaLoader } from '../media/media-types';
import type { MicrophoneAnswer } from '../media/request-microphone';
import type { CallSound } from '../sound/call-sound';
import { type ChosenMedia, firstChoice } from './chosen-media';
import { firstKitState, type KitState } from './kit-state';
import { tellEvents } from './telling-events';

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

/** Makes the state of one provider; nothing listens or is asked before the controller runs. */
export function createKit(parts: KitParts): Kit {
  let state = firstKitState;
  let attempt = 0;
  let clientId: Promise<string> | null = null;
  const listeners = new Set<() => void>();
  const wanted = new Set<number>();
  const timers = new Map<
    string,
    { timer: ReturnType<typeof setTimeout>; dropped: (() => void) | undefined }
  >();

  function dropTimer(name: string) {
    const held = timers.get(name);
    timers.delete(name);
    clearTimeout(held?.timer);
    held?.dropped?.();
  }

  const kit: Kit = {
    parts,
    get: () => state,
    set(change) {
      const isSame = Object.entries(change).every(([key, value]) =>
        Object.is(Reflect.get(state, key), value),
      );
      if (isSame) return;
      state = { ...state, ...change };
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    apply(action) {
      const before = state.store;
      kit.set({ store: callStore(before, action) });
      tellEvents(kit, action, before, state.store);
      if (state.store !== before) forgetEnded(kit);
    },
    take(view) {
      if (view) kit.apply({ type: 'view', view, at: clockNow() });
    },
    clientId() {
      clientId ??= parts.takeClientId().then((id) => {
        kit.set({ clientId: id });
        return id;
      });
      return clientId;
    },
    newAttempt() {
      attempt += 1;
      wanted.add(attempt);
      return attempt;
    },
    cancel: (number) => void wanted.delete(number),
    cancelAll: () => wanted.clear(),
    isWanted: (number) => wanted.has(number),
    room: null,
    unwatchRoom: null,
    chosen: firstChoice,
    rejoining: null,
    unconfirmedLeaves: new Set(),
    sound: null,
    focusBefore: null,
    switchAskers: 0,
    later(name, ms, work, dropped) {
      dropTimer(name);
      const timer = setTimeout(() => {
        timers.delete(name);
        work();
      }, ms);
      timers.set(name, { timer, dropped });
    },
    cancelTimers() {
      for (const name of [...timers.keys()]) dropTimer(name);
    },
  };
  return kit;
}

/** What is remembered of rings and calls goes with them: a tab may stay open for weeks. */
function forgetEnded(kit: Kit) {
  const { store, answering, leftIds } = kit.get();
  const rings = new Set([...store.calls.values()].map(({ view }) => view.myRing?.id));
  const running = [...answering].filter(([ringId]) => rings.has(ringId));
  if (running.length < answering.size) kit.set({ answering: new Map(running) });
  const lives = (callId: string) => (store.calls.get(callId)?.view.status ?? 'ended') !== 'ended';
  const living = [...leftIds].filter(lives);
  if (living.length < leftIds.size) kit.set({ leftIds: new Set(living) });
}

/** Any failure as the one error type, so that its words can be shown. */
export function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  return new CallError('internal', {
    title: 'Something went wrong',
    detail: 'The call could not be set up here.',
  });
}
