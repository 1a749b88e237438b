import { type CallView, type StreamEvent, streamEventSchema } from '@parley/call-protocol';
import { type CallStoreState, callStore, emptyCallStore } from '@/lib/call-ui/call-store';
import { createEventParser } from '@/lib/call-ui/events/server-stream';

/** An event with the moment of `performance.now()` at which it arrived. */
export type Heard = { event: StreamEvent; at: number };

/** One connection to `/api/events`, read with the kit's own parser and store. */
export class ApiStream {
  readonly heard: Heard[] = [];
  /** What a browser would show. */
  state: CallStoreState = emptyCallStore;
  isOver = false;
  readonly #connection = new AbortController();
  readonly #answerHeartbeat: () => void;
  readonly #waiting = new Set<() => void>();

  private constructor(answerHeartbeat: () => void) {
    this.#answerHeartbeat = answerHeartbeat;
  }

  /** Resolves once the snapshot is there. @param isAsleep Answers no heartbeat, as a laptop with its lid closed. */
  static async open(origin: string, cookie: string, { isAsleep = false } = {}): Promise<ApiStream> {
    const answer = () => {
      const headers = { cookie, 'sec-fetch-site': 'same-origin' };
      fetch(`${origin}/api/events/alive`, { method: 'POST', headers }).catch(() => {});
    };
    const stream = new ApiStream(isAsleep ? () => {} : answer);
    const response = await fetch(`${origin}/api/events`, {
      headers: { cookie, accept: 'text/event-stream' },
      signal: stream.#connection.signal,
    });
    if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`);
    void stream.#read(response.body);
    await stream.until(
      'the snapshot',
      () => stream.heard.some(({ event }) => event.type === 'snapshot'),
      5000,
    );
    return stream;
  }

  /** This call as the stream last sent it, or undefined when it was removed. */
  call(id: string): CallView | undefined {
    return this.state.calls.get(id)?.view;
  }

  /**
   * Resolves as soon as it is so, with the moment at which the event came that made it so.
   * Throws with the last events after `withinMs`.
   */
  until(what: string, isSo: () => boolean, withinMs: number): Promise<number> {
    if (isSo()) return Promise.resolve(this.heard.at(-1)?.at ?? performance.now());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        const last = this.heard.slice(-3).map(({ event }) => JSON.stringify(event).slice(0, 300));
        reject(new Error(`${what} did not come within ${withinMs} ms; last:\n${last.join('\n')}`));
      }, withinMs);
      const look = () => {
        if (!isSo()) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(performance.now());
      };
      this.#waiting.add(look);
    });
  }

  close(): void {
    this.#connection.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parse = createEventParser((type, data) => this.#take(streamEventSchema.parse({ type, data })));
    const text = new TextDecoder();
    try {
      for await (const piece of body) parse(text.decode(piece, { stream: true }));
    } catch {
      // Aborted by the test or by the server's end; `isOver` distinguishes them.
    }
    this.isOver = true;
    this.#look();
  }

  #take(event: StreamEvent): void {
    const at = performance.now();
    this.heard.push({ event, at });
    if (event.type === 'heartbeat') this.#answerHeartbeat();
    if (event.type === 'snapshot')
      this.state = callStore(this.state, { type: 'snapshot', views: event.data.calls, at });
    if (event.type === 'call')
      this.state =
        'gone' in event.data
          ? callStore(this.state, { type: 'gone', gone: event.data })
          : callStore(this.state, { type: 'view', view: event.data, at });
    this.#look();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}
