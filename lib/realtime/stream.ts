import 'server-only';
import type { CallId, ConversationId, UserId } from '@/lib/ids';
import type { StreamEvent } from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';
import type { Readers } from './snapshot';
import type { StreamSink, Wake } from './wake';

type Pending = {
  calls: Set<CallId>;
  conversations: Set<ConversationId>;
  users: Set<UserId>;
  messages: Set<string>;
  me: boolean;
  community: boolean;
};

const nothing = (): Pending => ({
  calls: new Set(),
  conversations: new Set(),
  users: new Set(),
  messages: new Set(),
  me: false,
  community: false,
});

/**
 * One viewer's open stream: level-triggered. Wakes only note *what* to look at; one loop reads each
 * thing afresh for this viewer and sends it whole, so however many wakes arrive while it reads, the
 * last state is always sent and nothing queues up. What can't be seen any more is sent once as gone.
 */
export class Stream {
  readonly viewer: Viewer;
  readonly #sink: StreamSink;
  readonly #readers: Readers;
  readonly #onError: (error: unknown) => void;
  /** What this viewer has been shown, so that `gone` is sent exactly once. */
  readonly #shown = new Set<string>();
  #pending = nothing();
  #needsSnapshot = true;
  #isFlushing = false;
  #isClosed = false;

  constructor(viewer: Viewer, sink: StreamSink, readers: Readers, onError: (error: unknown) => void) {
    this.viewer = viewer;
    this.#sink = sink;
    this.#readers = readers;
    this.#onError = onError;
  }

  /** Notes what to look at and sees to it that it is sent. */
  wake(what: Wake): void {
    for (const id of what.calls ?? []) this.#pending.calls.add(id);
    for (const id of what.conversations ?? []) this.#pending.conversations.add(id);
    for (const id of what.users ?? []) this.#pending.users.add(id);
    for (const id of what.messages ?? []) this.#pending.messages.add(id);
    if (what.me) this.#pending.me = true;
    if (what.community) this.#pending.community = true;
    void this.flush();
  }

  send(event: StreamEvent): void {
    if (!this.#isClosed) this.#sink.send(event);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#sink.close();
  }

  /** Sends all that is noted; the first time the snapshot. A failed read closes the stream: its client comes back for a snapshot. */
  async flush(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    try {
      while (!this.#isClosed && (this.#needsSnapshot || this.#hasPending())) {
        if (this.#needsSnapshot) await this.#sendSnapshot();
        else await this.#sendPending();
      }
    } catch (error) {
      this.#onError(error);
      this.close();
    } finally {
      this.#isFlushing = false;
    }
  }

  #hasPending(): boolean {
    const { calls, conversations, users, messages, me, community } = this.#pending;
    return me || community || calls.size + conversations.size + users.size + messages.size > 0;
  }

  async #sendSnapshot(): Promise<void> {
    // Whatever is woken while the snapshot is read may be missing in it: it is sent afterwards.
    this.#pending = nothing();
    this.#needsSnapshot = false;
    const snapshot = await this.#readers.snapshot(this.viewer);
    for (const { id } of [...snapshot.calls, ...snapshot.conversations, ...snapshot.users])
      this.#shown.add(id);
    this.send({ type: 'snapshot', data: snapshot });
  }

  async #sendPending(): Promise<void> {
    const { calls, conversations, users, messages, me, community } = this.#pending;
    this.#pending = nothing();
    // Calls first: a ring must not wait behind a long list of people.
    for (const id of calls) {
      const data = (await this.#readers.call(this.viewer, id)) ?? (await this.#gone(id));
      if (data) this.#sendShown({ type: 'call', data });
    }
    for (const id of conversations) {
      const data = (await this.#readers.conversation(this.viewer, id)) ?? (await this.#gone(id));
      if (data) this.#sendShown({ type: 'conversation', data });
    }
    for (const id of messages) {
      const data = await this.#readers.message(this.viewer, id);
      if (data) this.send({ type: 'message', data });
    }
    for (const id of users) {
      const data = (await this.#readers.user(this.viewer, id)) ?? (await this.#gone(id));
      if (data) this.#sendShown({ type: 'user', data });
    }
    const data = me ? await this.#readers.me(this.viewer) : null;
    if (data) this.send({ type: 'me', data });
    if (community) this.send({ type: 'community', data: await this.#readers.community() });
  }

  #sendShown(event: Extract<StreamEvent, { type: 'call' | 'conversation' | 'user' }>): void {
    if ('gone' in event.data) this.#shown.delete(event.data.id);
    else this.#shown.add(event.data.id);
    this.send(event);
  }

  async #gone(id: string) {
    return this.#shown.has(id) ? { id, revision: await this.#readers.revision(), gone: true as const } : null;
  }
}
