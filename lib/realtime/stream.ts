import 'server-only';
import type { CallView, Gone, Snapshot, StreamEvent } from '@parley/call-protocol';
import type { CallId } from '@/lib/ids';
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
  /** The calls that its client shows as live, by what it was sent. */
  readonly #liveCalls = new Set<CallId>();
  #isOpen = true;
  #isShownEveryone = false;

  constructor(viewer: Viewer, sink: StreamSink) {
    this.viewer = viewer;
    this.#sink = sink;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether its snapshot held everyone in the community. */
  get isShownEveryone(): boolean {
    return this.#isShownEveryone;
  }

  get liveCalls(): ReadonlySet<CallId> {
    return this.#liveCalls;
  }

  /** Null while the client takes what it is sent, else resolves when it has: nothing is read for it until then. */
  whenDrained(): Promise<void> | null {
    return this.#sink.whenDrained?.() ?? null;
  }

  hasShown(id: string): boolean {
    return this.#shown.has(id);
  }

  /** Notes a view as shown or `gone`; false for the `gone` of what this viewer was not shown, which is not sent. */
  noteShown(view: Gone | { id: string }): boolean {
    if (!('gone' in view)) this.#shown.add(view.id);
    else if (this.#shown.has(view.id)) this.#shown.delete(view.id);
    else return false;
    return true;
  }

  noteHidden(id: string): void {
    this.#shown.delete(id);
  }

  send(event: StreamEvent): void {
    if (this.#isOpen) this.#sink.send(event);
  }

  sendSnapshot(snapshot: Snapshot): void {
    const idsOf = (views: readonly { id: string }[]) => views.map(({ id }) => id);
    const { users, calls, conversations } = snapshot;
    this.#isShownEveryone = snapshot.memberCount === undefined;
    // Beyond a small community no two snapshots hold the same people.
    const [shared, own] = this.#isShownEveryone ? [users, []] : [[], users];
    this.#shown.begin(idsOf(shared), idsOf([...own, ...calls, ...conversations]));
    this.#liveCalls.clear();
    for (const { id } of calls) this.#liveCalls.add(id as CallId);
    this.send({ type: 'snapshot', data: snapshot });
  }

  sendShown(event: ShownEvent): void {
    if (!this.noteShown(event.data)) return;
    if (event.type === 'call') this.#noteCall(event.data);
    this.send(event);
  }

  #noteCall(view: CallView | Gone): void {
    const isLive = !('gone' in view) && view.status !== 'ended';
    if (isLive) this.#liveCalls.add(view.id as CallId);
    else this.#liveCalls.delete(view.id as CallId);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#sink.close();
  }
}
