import {
  isEventStream,
  readProblem,
  retryAfterMs,
  type StreamEvent,
  streamEventSchema,
} from '@parley/call-protocol';
import { clockNow, onWake, wokeAt } from '../clock';
import { headersFor, type RequestOptions } from '../request-options';
import type { EventFeedState } from './event-feed';

export type ServerStreamOptions = RequestOptions & {
  url: string;
  fetch: typeof fetch;
  onEvent: (event: StreamEvent) => void;
  onState: (state: EventFeedState) => void;
  /**
   * Silence that means the connection is dead, in milliseconds: 19,000, because the server's heartbeat comes
   * every 15 s and a dead one must be noticed within 20 s (docs/calls.md, "Realtime").
   */
  silenceMs?: number;
  /** 0–1; spreads reconnects of many clients. */
  random?: () => number;
};

export type ServerStream = {
  /** Checks whether the connection is alive; called after a sleep, a resume or a failed request. */
  check(): void;
  close(): void;
};

const firstPauseMs = 500;
const longestPauseMs = 5000;

/**
 * One connection to the event stream that comes back by itself: after 19 s of silence, after an error
 * with growing pauses, at once when the network or the page comes back or the computer wakes up. It waits as long
 * as Parley's refusal says (`Retry-After`). Stops for good when Parley says that the sign-in has ended, and reports it
 * as `signed-out`; a 401 of anything between is an error like any other.
 */
export function openServerStream(options: ServerStreamOptions): ServerStream {
  const { url, onEvent, onState, silenceMs = 19_000, random = Math.random } = options;
  let isClosed = false;
  let connection: AbortController | null = null;
  let openedAt = 0;
  let heardAt = 0;
  let failures = 0;
  /** The earliest reconnect that the server allows (`Retry-After`). */
  let notBefore = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  function heard() {
    heardAt = clockNow();
    clearTimeout(watchdog);
    watchdog = setTimeout(reconnect, silenceMs);
  }

  function check() {
    if (isClosed) return;
    if (!connection) connect();
    else if (clockNow() - heardAt > silenceMs) reconnect();
  }

  function reconnect() {
    if (isClosed) return;
    connection?.abort();
    connection = null;
    clearTimeout(watchdog);
    onState('lost');
    connect();
  }

  function connect() {
    if (isClosed) return;
    clearTimeout(retryTimer);
    const waitMs = notBefore - clockNow();
    if (waitMs > 0) {
      retryTimer = setTimeout(connect, waitMs);
      return;
    }
    const mine = new AbortController();
    connection = mine;
    heard();
    openedAt = heardAt;
    read(mine).then(
      () => retry(mine),
      () => retry(mine),
    );
  }

  function retry(ended: AbortController) {
    if (isClosed || connection !== ended) return;
    connection = null;
    clearTimeout(watchdog);
    onState('lost');
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
    failures += 1;
    retryTimer = setTimeout(connect, pauseMs * (0.5 + random() / 2));
  }

  async function read(mine: AbortController) {
    const response = await options.fetch(url, {
      credentials: options.credentials ?? 'include',
      cache: 'no-store',
      headers: headersFor(options, { accept: 'text/event-stream' }),
      signal: mine.signal,
    });
    if (!isEventStream(response) || !response.body) {
      await takeRefusal(response, mine);
      return;
    }
    const parse = createEventParser((type, data) => {
      const event = streamEventSchema.safeParse({ type, data });
      // An event of a newer server that this client doesn't know is not a reason to stop.
      if (!event.success || isClosed || connection !== mine) return;
      if (event.data.type === 'snapshot') failures = 0;
      if (event.data.type === 'signed-out') close();
      onEvent(event.data);
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    onState('open');
    for (;;) {
      const { done, value } = await reader.read();
      if (done || connection !== mine) return;
      heard();
      // The first event after a sleep may have been sent before it.
      if (wokeAt() > openedAt) reconnect();
      else parse(value);
    }
  }

  /** Handles a response that is no stream: Parley's own refusal, or a proxy's response, which decides nothing. */
  async function takeRefusal(response: Response, mine: AbortController) {
    const problem = await readProblem(response);
    if (isClosed || connection !== mine) return;
    if (problem?.code === 'unauthenticated') {
      close();
      onEvent({ type: 'signed-out', data: {} });
      return;
    }
    if (problem) notBefore = clockNow() + retryAfterMs(response) * (1 + random() / 4);
    // The body is not wanted, and may never end.
    mine.abort();
  }

  function close() {
    isClosed = true;
    connection?.abort();
    connection = null;
    clearTimeout(retryTimer);
    clearTimeout(watchdog);
    globalThis.removeEventListener?.('online', reconnect);
    globalThis.document?.removeEventListener('visibilitychange', onVisible);
    stopWaking();
  }

  function onWoken() {
    if (wokeAt() > openedAt) reconnect();
  }

  function onVisible() {
    if (document.visibilityState === 'visible') check();
  }

  globalThis.addEventListener?.('online', reconnect);
  globalThis.document?.addEventListener('visibilitychange', onVisible);
  const stopWaking = onWake(onWoken);
  onState('connecting');
  connect();
  return { check, close };
}

/** Reads the text of server-sent events in pieces of any size; hands on name and parsed data. */
export function createEventParser(onMessage: (type: string, data: unknown) => void): (text: string) => void {
  let rest = '';
  let type = 'message';
  let data: string[] = [];
  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) dispatch();
        type = 'message';
        data = [];
      } else if (line.startsWith('event:')) type = line.slice(6).trim();
      else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
    }
  };

  function dispatch() {
    try {
      onMessage(type, JSON.parse(data.join('\n')));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
}
