import type { StreamEvent } from '../../protocol';
import { makeClientId } from '../client-id';
import { createSnapshotKeeper } from './aged-snapshot';
import type { EventFeed, EventFeedState } from './event-feed';
import { openServerStream, type ServerStreamOptions } from './server-stream';
import { shareStream } from './share-stream';

/** Where the events come from and how tabs share them. */
export type EventSourceOptions = {
  /** Where the stream is. Default: `/api/events`. */
  url?: string;
  /**
   * Whose events these are: tabs of the same person share a connection, and events of anybody else who signs in
   * in this browser mean that this person is signed out. Default: whoever is signed in when the stream opens.
   */
  userId?: string;
  /** Default: the browser's. */
  fetch?: typeof fetch;
  /** Web Locks, or null for a stream of this tab's own. Default: the browser's. */
  locks?: LockManager | null;
  /** Opens the channel between tabs; null for a stream of this tab's own. Default: BroadcastChannel. */
  openChannel?: ((name: string) => BroadcastChannel) | null;
  /** Tells when this tab is frozen and goes on. Default: the browser's document. */
  page?: Pick<Document, 'addEventListener' | 'removeEventListener'> | null;
} & Pick<ServerStreamOptions, 'silenceMs' | 'random'>;

/**
 * The events of the server, one connection per browser, shared between its tabs: one tab leads, the
 * others listen to it, and take over when it closes or freezes. Starts with the first subscriber.
 *
 * @example
 * const events = createEventSource({ userId: me.id });
 * const stop = events.subscribe((event) => { if (event.type === 'call') show(event.data); });
 */
export function createEventSource(options: EventSourceOptions = {}): EventFeed {
  const { url = '/api/events', userId } = options;
  const listeners = new Set<(event: StreamEvent) => void>();
  const stateListeners = new Set<(state: EventFeedState) => void>();
  const keeper = createSnapshotKeeper();
  let state: EventFeedState = 'connecting';
  let stop: (() => void) | null = null;
  let isClosed = false;

  function receive(event: StreamEvent) {
    keeper.take(event, performance.now());
    for (const listener of [...listeners]) listener(event);
  }

  function setState(next: EventFeedState) {
    if (next === state) return;
    state = next;
    for (const listener of [...stateListeners]) listener(state);
  }

  function start(): () => void {
    const request = options.fetch ?? ((input, init) => fetch(input, init));
    const open = (onEvent: (event: StreamEvent) => void, onState: (state: EventFeedState) => void) => {
      const stream = openServerStream({
        ...options,
        url,
        fetch: request,
        onEvent: (event) => {
          const isOurs = event.type !== 'snapshot' || userId === undefined || event.data.me.id === userId;
          if (!isOurs) stream.close();
          onEvent(isOurs ? event : { type: 'signed-out', data: {} });
        },
        onState,
      });
      return stream;
    };
    const locks = options.locks === undefined ? (globalThis.navigator?.locks ?? null) : options.locks;
    const openChannel =
      options.openChannel === undefined
        ? typeof BroadcastChannel === 'undefined'
          ? null
          : (name: string) => new BroadcastChannel(name)
        : options.openChannel;
    if (!locks || !openChannel) {
      const stream = open(receive, setState);
      return () => stream.close();
    }
    const name = ['parley-events', url, ...(userId === undefined ? [] : [userId])].join(':');
    return shareStream({
      tabId: makeClientId(),
      locks,
      lockName: name,
      channel: openChannel(name),
      open,
      keeper,
      page: options.page === undefined ? (globalThis.document ?? null) : options.page,
      onEvent: receive,
      onState: setState,
    });
  }

  return {
    subscribe(listener) {
      const known = keeper.snapshotAt(performance.now());
      listeners.add(listener);
      if (known) listener(known);
      if (!isClosed) stop ??= start();
      return () => listeners.delete(listener);
    },
    state: () => state,
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    close() {
      isClosed = true;
      stop?.();
      listeners.clear();
      stateListeners.clear();
    },
  };
}
