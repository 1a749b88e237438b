import 'server-only';
import type { Gone } from '@parley/call-protocol';
import type { CallId, UserId } from '@/lib/ids';
import type { SeenBy } from '@/lib/viewer';
import type { Wake } from './bus';
import type { Lookers } from './lookers';
import { namedInConversation, namedInMessage } from './named-people';
import { nextTurn, OneATurn } from './one-a-turn';
import { introducePeople, showPeople } from './show-people';
import { closeFailed, type Showing, showViews } from './show-views';
import type { Stream } from './stream';
import { addWanted, hasMore, nothingWanted, type Wanted, wakeOf } from './wanted';

/** Of a database server's connections, so that thousands who come back at once leave some to commands. */
const snapshotsAtOnce = 4;

/** A stream that nothing is read for yet: its snapshot is under way, or its client is slow. */
type Waiting = { isOpening: boolean; isOutdated?: boolean; wanted: Wanted<Stream> };

/**
 * Reads each thing once for all streams that want it and sends each stream its own view. However many wakes
 * arrive while it reads, the last state is read once more and nothing queues up. One lane carries calls, one the
 * rest; each reads one thing at a time, so that no stream gets an older view after a newer one.
 */
export class SharedReads {
  readonly #showing: Showing;
  readonly #lookers: Lookers;
  #wanted = nothingWanted<Stream>();
  readonly #waiting = new Map<Stream, Waiting>();
  readonly #isReading = { calls: false, rest: false };
  readonly #snapshots = new OneATurn(snapshotsAtOnce);

  constructor(showing: Showing, lookers: Lookers) {
    this.#showing = showing;
    this.#lookers = lookers;
  }

  /**
   * Sends the snapshot, and afterwards what the stream was woken for meanwhile: the snapshot may lack it. Called again
   * when wakes may have been lost; a snapshot that is under way then is followed by another.
   */
  async begin(stream: Stream): Promise<void> {
    if (!stream.isOpen) return;
    const earlier = this.#waiting.get(stream);
    if (earlier?.isOpening) {
      earlier.isOutdated = true;
      return;
    }
    const waiting: Waiting = { isOpening: true, wanted: earlier?.wanted ?? nothingWanted() };
    this.#waiting.set(stream, waiting);
    this.#lookers.begin(stream);
    try {
      const users: UserId[] = [];
      do {
        const snapshot = await this.#snapshots.run(async () => {
          waiting.isOutdated = false;
          return stream.isOpen ? this.#showing.readers().snapshot(stream.viewer) : null;
        });
        if (!snapshot || !stream.isOpen) return;
        stream.sendSnapshot(snapshot);
        const shown = stream.isShownEveryone ? null : snapshot.users.map(({ id }) => id);
        users.push(...this.#lookers.settle(stream, shown));
      } while (waiting.isOutdated);
      this.#release(stream, waiting);
      if (users.length > 0) this.want([stream], { users });
    } catch (error) {
      closeFailed(this.#showing.log, [stream], error);
    }
  }

  /** All of them at once, so that the first one is not read for alone. */
  want(streams: Iterable<Stream>, what: Wake): void {
    for (const stream of streams) this.#note(stream, what);
    void this.#readCalls();
    void this.#readRest();
  }

  #note(stream: Stream, what: Wake): void {
    if (!stream.isOpen) return;
    const waiting = this.#waiting.get(stream);
    if (!waiting) addWanted(this.#wanted, stream, what);
    else if (waiting.isOpening) addWanted(waiting.wanted, stream, what);
    else {
      // A slow client's rings wait for nothing.
      const { calls = [], ...rest } = what;
      addWanted(this.#wanted, stream, { calls });
      addWanted(waiting.wanted, stream, rest);
    }
  }

  forget(stream: Stream): void {
    this.#waiting.delete(stream);
    this.#lookers.forget(stream);
  }

  /** Nothing where a snapshot has begun meanwhile: it brings what was wanted. */
  #release(stream: Stream, waiting: Waiting): void {
    if (this.#waiting.get(stream) !== waiting) return;
    this.#waiting.delete(stream);
    this.want([stream], wakeOf(waiting.wanted));
  }

  /** At once: a ring waits for nothing. */
  async #readCalls(): Promise<void> {
    if (this.#isReading.calls) return;
    this.#isReading.calls = true;
    for (let next = this.#takeCall(); next; next = this.#takeCall()) {
      const [id, streams] = next;
      const open = [...streams].filter((stream) => stream.isOpen);
      await showViews(
        this.#showing,
        open,
        (readers) => readers.call(id),
        (stream, data) => {
          if (data) stream.sendShown({ type: 'call', data });
        },
      );
    }
    this.#isReading.calls = false;
  }

  #takeCall(): [CallId, Set<Stream>] | undefined {
    const [next] = this.#wanted.calls;
    if (next) this.#wanted.calls.delete(next[0]);
    return next;
  }

  async #readRest(): Promise<void> {
    if (this.#isReading.rest) return;
    this.#isReading.rest = true;
    while (hasMore(this.#wanted)) {
      // What one change wakes in several steps is one round.
      await nextTurn();
      const round = this.#wanted;
      this.#wanted = { ...nothingWanted(), calls: round.calls };
      await this.#readRound(round);
    }
    this.#isReading.rest = false;
  }

  /** In this order: a conversation is known before what is said in it. */
  async #readRound({ conversations, messages, users, me, community }: Wanted<Stream>): Promise<void> {
    for (const [id, streams] of conversations) {
      const ready = await this.#ready(streams, () => ({ conversations: [id] }));
      await showViews(
        this.#showing,
        ready,
        async (readers, viewerIds) => {
          const seenBy = await readers.conversation(id, viewerIds);
          await this.#introduce(ready, seenBy, namedInConversation);
          return seenBy;
        },
        (stream, data) => {
          if (data) stream.sendShown({ type: 'conversation', data });
        },
      );
    }
    for (const [id, streams] of messages) {
      const ready = await this.#ready(streams, () => ({ messages: [id] }));
      await showViews(
        this.#showing,
        ready,
        async (readers, viewerIds) => {
          const seenBy = await readers.message(id, viewerIds);
          await this.#introduce(ready, seenBy, namedInMessage);
          return seenBy;
        },
        (stream, data) => {
          if (data) stream.send({ type: 'message', data });
        },
      );
    }
    await this.#readUsers(users);
    const mine = await this.#ready(me, () => ({ me: true }));
    await showViews(
      this.#showing,
      mine,
      (readers, viewerIds) => readers.me(viewerIds),
      (stream, data) => {
        if (data) stream.send({ type: 'me', data });
      },
    );
    const all = await this.#ready(community, () => ({ community: true }));
    await showViews(
      this.#showing,
      all,
      async (readers) => {
        const view = await readers.community();
        return () => view;
      },
      (stream, data) => {
        if (data) stream.send({ type: 'community', data });
      },
    );
  }

  #introduce<T extends object>(
    streams: Stream[],
    seenBy: SeenBy<T | Gone>,
    namedIn: (view: T) => string[],
  ): Promise<void> {
    return introducePeople(this.#showing, this.#lookers, streams, ({ viewer }) => {
      const view = seenBy(viewer.userId);
      return view === null || 'gone' in view ? [] : namedIn(view);
    });
  }

  async #readUsers(users: Wanted<Stream>['users']): Promise<void> {
    const idsOf = new Map<Stream, UserId[]>();
    for (const [id, streams] of users) {
      for (const stream of streams) {
        const own = idsOf.get(stream);
        if (own) own.push(id);
        else idsOf.set(stream, [id]);
      }
    }
    const ready = await this.#ready(idsOf.keys(), (stream) => ({ users: idsOf.get(stream) ?? [] }));
    const some = new Map(ready.map((stream) => [stream, idsOf.get(stream) ?? []]));
    await showPeople(this.#showing, this.#lookers, some);
  }

  /**
   * The streams to read for, a turn later. A slow client's stream is left out and wants it again once the client
   * has taken what it was sent, so that it costs no memory.
   */
  async #ready(streams: Iterable<Stream>, what: (stream: Stream) => Wake): Promise<Stream[]> {
    const wanting = [...streams];
    if (wanting.length === 0) return [];
    await nextTurn();
    return wanting.filter((stream) => {
      if (!stream.isOpen) return false;
      const earlier = this.#waiting.get(stream);
      const drained = stream.whenDrained();
      if (!earlier && !drained) return true;
      const waiting = earlier ?? { isOpening: false, wanted: nothingWanted() };
      addWanted(waiting.wanted, stream, what(stream));
      this.#waiting.set(stream, waiting);
      if (!earlier) void drained?.then(() => this.#release(stream, waiting));
      return false;
    });
  }
}
