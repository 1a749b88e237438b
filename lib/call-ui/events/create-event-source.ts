import { protocolVersion, type StreamEvent } from '@parley/call-protocol';
import { openChannel } from '../between-tabs';
import { makeClientId } from '../client-id';
import { clockNow } from '../clock';
import { browserFront, type Front } from '../in-front';
import { headersFor, type RequestOptions } from '../request-options';
import { createSnapshotKeeper } from './aged-snapshot';
import type { EventFeed, EventFeedState } from './event-feed';
import { openServerStream, type ServerStreamOptions } from './server-stream';
import { shareStream } from './share-stream';

/**
 * Where the events come from and how tabs share them.
 *
 * @example
 * const options: EventSourceOptions = { url: 'https://calls.example.org/api/events', userId: me.id };
 */
export type EventSourceOptions = RequestOptions & {
  /** Where the stream is. Default: `/api/events`. */
  url?: string;
  /**
   * Whose events these are: tabs of the same person share a connection, and events of another person who signs in
   * in this browser mean that this person is signed out. Default: the person who is signed in when the stream opens.
   */
  userId?: string;
  /** Default: the browser's. */
  fetch?: typeof fetch;
  /** Web Locks, or null for a stream of this tab's own. Default: the browser's. */
  locks?: LockManager | null;
  /** Opens the channel between tabs; null for a stream of this tab's own. Default: BroadcastChannel. */
  openChannel?: ((name: string) => BroadcastChannel | null) | null;
  /** Whether this window is in front, which the answers to heartbeats say. Default: the browser's. */
  front?: Front;
  /** Emits when this tab is frozen and resumes. Default: the browser's document. */
  page?: Pick<Document, 'addEventListener' | 'removeEventListener'> | null;
} & Pick<ServerStreamOptions, 'silenceMs' | 'random'>;

/** A request that hangs must not hold one of the six connections that a browser has over HTTP/1.1. */
const longestAnswerMs = 10_000;

/**
 * The events of the server, one connection per browser, shared between its tabs: one tab leads, the
 * others listen to it, and take over when it closes or freezes. Starts with the first subscriber.
 *
 * @example
 * const events = createEventSource({ userId: me.id });
 * const stop = events.subscribe((event) => { if (event.type === 'call') show(event.data); });
 */
export function createEventSource(options: EventSourceOptions = {}): EventFeed<StreamEvent> {
  const { url = '/api/events', userId, front = browserFront, credentials = 'include' } = options;
  const request = options.fetch ?? ((input, init) => fetch(input, init));
  const listeners = new Set<(event: StreamEvent) => void>();
  const stateListeners = new Set<(state: EventFeedState) => void>();
  const keeper = createSnapshotKeeper();
  let state: EventFeedState = 'connecting';
  let stop: (() => void) | null = null;
  let isClosed = false;

  function receive(event: StreamEvent) {
    keeper.take(event, clockNow());
    for (const listener of [...listeners]) listener(event);
  }

  function setState(next: EventFeedState) {
    if (next === state) return;
    state = next;
    for (const listener of [...stateListeners]) listener(state);
  }

  /**
   * Answers a heartbeat when it is received, and not by a timer: browsers slow down the timers of hidden tabs.
   * A lost answer is not repeated, because the next heartbeat comes in 15 s.
   */
  function answerHeartbeat(isInFront: boolean) {
    request(`${url}/alive`, {
      method: 'POST',
      credentials,
      headers: headersFor(options, { 'content-type': 'application/json' }),
      body: JSON.stringify({ isInFront }),
      signal: AbortSignal.timeout(longestAnswerMs),
    }).catch(() => {});
  }

  function start(): () => void {
    const open = (onEvent: (event: StreamEvent) => void, onState: (state: EventFeedState) => void) => {
      const stream = openServerStream({
        ...options,
        url,
        credentials,
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
    // A tab that is older than the server does not understand, and so not relay, every event of a newer protocol.
    const version = `v${protocolVersion}`;
    const name = ['parley-events', version, url, ...(userId === undefined ? [] : [userId])].join(':');
    const channel = locks && (options.openChannel === undefined ? openChannel : options.openChannel)?.(name);
    if (!locks || !channel) {
      const stream = open((event) => {
        if (event.type === 'heartbeat') answerHeartbeat(front.isInFront());
        receive(event);
      }, setState);
      return () => stream.close();
    }
    return shareStream({
      tabId: makeClientId(),
      locks,
      lockName: name,
      channel,
      open,
      keeper,
      front,
      answerHeartbeat,
      page: options.page === undefined ? (globalThis.document ?? null) : options.page,
      onEvent: receive,
      onState: setState,
    });
  }

  return {
    subscribe(listener) {
      const known = keeper.snapshotAt(clockNow());
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
