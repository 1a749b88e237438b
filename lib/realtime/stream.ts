import 'server-only';
import type { CallId, ConversationId, UserId } from '@/lib/ids';
import type { Gone, StreamEvent } from '@/lib/protocol';
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
 * One viewer's open stream: level-triggered. Wakes only note *what* to look at; one loop for calls
 * and one for the rest read each thing afresh for this viewer and sends it whole, so however many wakes arrive while it reads, the
 * last state is always sent and nothing queues up. What can't be seen any more is sent once as gone.
 */
export class Stream {
  readonly viewer: Viewer;
  readonly #sink: StreamSink;
  readonly #readers: Readers;
  readonly #turn: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  /** What this viewer has been shown, so that `gone` is sent exactly once. */
  readonly #shown = new Set<string>();
  #pending = nothing();
  /** The snapshot, once it was asked for. */
  #first: Promise<void> | null = null;
  #hasSnapshot = false;
  readonly #isSending = { calls: false, rest: false };
  #isClosed = false;

  /** @param turn Resolves when a read that can wait may begin (turns.ts). */
  constructor(
    viewer: Viewer,
    sink: StreamSink,
    readers: Readers,
    turn: () => Promise<void>,
    onError: (error: unknown) => void,
  ) {
    this.viewer = viewer;
    this.#sink = sink;
    this.#readers = readers;
    this.#turn = turn;
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

  /**
   * Sends all that is noted; the first time the snapshot. A failed read closes the stream: its client comes
   * back for a snapshot.
   */
  async flush(): Promise<void> {
    try {
      this.#first ??= this.#sendSnapshot();
      if (!this.#hasSnapshot) await this.#first;
      await Promise.all([this.#sendCalls(), this.#sendRest()]);
    } catch (error) {
      if (this.#isClosed) return;
      this.#onError(error);
      this.close();
    }
  }

  async #sendSnapshot(): Promise<void> {
    // Whatever is woken while the snapshot is read may be missing in it: it is sent afterwards.
    this.#pending = nothing();
    const snapshot = await this.#readers.snapshot(this.viewer);
    for (const { id } of [...snapshot.calls, ...snapshot.conversations, ...snapshot.users])
      this.#shown.add(id);
    this.#hasSnapshot = true;
    this.send({ type: 'snapshot', data: snapshot });
  }

  /** Sends calls without waiting for a turn, so that rings stay fast. */
  async #sendCalls(): Promise<void> {
    if (this.#isSending.calls) return;
    this.#isSending.calls = true;
    try {
      while (!this.#isClosed && this.#pending.calls.size > 0) {
        const { calls } = this.#pending;
        this.#pending.calls = new Set();
        for (const id of calls) {
          const data = (await this.#readers.call(this.viewer, id)) ?? (await this.#gone(id));
          if (data) this.#sendShown({ type: 'call', data });
        }
      }
    } finally {
      this.#isSending.calls = false;
    }
  }

  async #sendRest(): Promise<void> {
    if (this.#isSending.rest) return;
    this.#isSending.rest = true;
    try {
      while (!this.#isClosed && this.#hasRest()) await this.#sendRestOnce();
    } finally {
      this.#isSending.rest = false;
    }
  }

  #hasRest(): boolean {
    const { conversations, users, messages, me, community } = this.#pending;
    return me || community || conversations.size + users.size + messages.size > 0;
  }

  /**
   * One thing a turn, so that what many streams read at once does not hold up requests and rings; and nothing
   * while the client has not taken what it was sent, so that a slow one costs no memory.
   */
  async #mayRead(): Promise<void> {
    await this.#sink.drained?.();
    await this.#turn();
  }

  async #sendRestOnce(): Promise<void> {
    await this.#mayRead();
    const { calls, conversations, messages, users, me, community } = this.#pending;
    this.#pending = { ...nothing(), calls };
    for (const id of conversations) {
      const data = (await this.#readers.conversation(this.viewer, id)) ?? (await this.#gone(id));
      if (data) this.#sendShown({ type: 'conversation', data });
      await this.#mayRead();
    }
    for (const id of messages) {
      const data = await this.#readers.message(this.viewer, id);
      if (data) this.send({ type: 'message', data });
      await this.#mayRead();
    }
    await this.#sendUsers([...users]);
    const data = me ? await this.#readers.me(this.viewer) : null;
    if (data) this.send({ type: 'me', data });
    if (community) this.send({ type: 'community', data: await this.#readers.community() });
  }

  /** In one read and one event: when a community comes back after a restart, each stream hears of everyone. */
  async #sendUsers(ids: UserId[]): Promise<void> {
    if (ids.length === 0) return;
    const seen = new Map((await this.#readers.users(this.viewer, ids)).map((view) => [view.id, view]));
    const changed: Extract<StreamEvent, { type: 'users' }>['data'] = [];
    for (const id of ids) {
      const data = seen.get(id) ?? (await this.#gone(id));
      if (!data) continue;
      this.#noteShown(data);
      changed.push(data);
    }
    if (changed.length > 0) this.send({ type: 'users', data: changed });
  }

  #sendShown(event: Extract<StreamEvent, { type: 'call' | 'conversation' }>): void {
    this.#noteShown(event.data);
    this.send(event);
  }

  #noteShown(data: Gone | { id: string }): void {
    if ('gone' in data) this.#shown.delete(data.id);
    else this.#shown.add(data.id);
  }

  async #gone(id: string) {
    return this.#shown.has(id) ? { id, revision: await this.#readers.revision(), gone: true as const } : null;
  }
}
