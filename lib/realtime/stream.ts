import 'server-only';
import type { Gone, Snapshot, StreamEvent } from '@parley/call-protocol';
import type { Viewer } from '@/lib/viewer';
import { Shown } from './shown';

/** Where one event stream leads to; made by the route, kept by the fan-out. */
export type StreamSink = {
  send(event: StreamEvent): void;
  /** Null while there is room for more, else resolves once the client has taken enough. Default: always room. */
  whenDrained?: () => Promise<void> | null;
  close(): void;
};

type ShownEvent = Extract<StreamEvent, { type: 'call' | 'conversation' }>;

/** One viewer's open event stream: what it was shown, and that nothing follows its end. */
export class Stream {
  readonly viewer: Viewer;
  readonly #sink: StreamSink;
  /** What this viewer has been shown, so that `gone` is sent exactly once. */
  readonly #shown = new Shown();
  #isOpen = true;

  constructor(viewer: Viewer, sink: StreamSink) {
    this.viewer = viewer;
    this.#sink = sink;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Null while the client takes what it is sent, else resolves when it has: nothing is read for it until then. */
  whenDrained(): Promise<void> | null {
    return this.#sink.whenDrained?.() ?? null;
  }

  hasShown(id: string): boolean {
    return this.#shown.has(id);
  }

  send(event: StreamEvent): void {
    if (this.#isOpen) this.#sink.send(event);
  }

  sendSnapshot(snapshot: Snapshot): void {
    const idsOf = (views: readonly { id: string }[]) => views.map(({ id }) => id);
    this.#shown.begin(idsOf(snapshot.users), idsOf([...snapshot.calls, ...snapshot.conversations]));
    this.send({ type: 'snapshot', data: snapshot });
  }

  sendShown(event: ShownEvent): void {
    this.#note(event.data);
    this.send(event);
  }

  sendUsers(views: Extract<StreamEvent, { type: 'users' }>['data']): void {
    if (views.length === 0) return;
    for (const view of views) this.#note(view);
    this.send({ type: 'users', data: views });
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#sink.close();
  }

  #note(view: Gone | { id: string }): void {
    if ('gone' in view) this.#shown.delete(view.id);
    else this.#shown.add(view.id);
  }
}
