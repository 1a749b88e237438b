import { makeClientId } from '@/lib/call-ui';
import type { Snapshot, StreamEvent } from '@/lib/protocol';
import { api, sentenceOf } from './api';
import { type CommunityState, fromSnapshot, reduceCommunity } from './community-state';
import {
  addPending,
  dropPending,
  emptyList,
  failPending,
  type MessageList,
  prepend,
  receive,
  takeNewest,
} from './message-list';

const pageSize = 50;
/** After a gap at most this many pages of an open list are read again; older ones on scrolling. */
const pagesToReadAgain = 6;
/** A list on the screen that could not be read again may have a hole: it is tried anew after this long. */
const readAgainMs = 3000;

/** The one store of this tab: the community from the stream, and the messages of opened conversations. */
export class CommunityStore {
  #state: CommunityState;
  readonly #lists = new Map<string, MessageList>();
  readonly #openLists = new Map<string, number>();
  /** The last reading of each list: the answer of an earlier one comes too late. */
  readonly #readings = new Map<string, object>();
  readonly #listeners = new Set<() => void>();

  constructor(snapshot: Snapshot) {
    this.#state = fromSnapshot(snapshot);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): CommunityState => this.#state;
  readonly getList = (conversationId: string): MessageList => this.#lists.get(conversationId) ?? emptyList;

  /** One event of the stream, in order. */
  readonly handle = (event: StreamEvent): void => {
    this.#state = reduceCommunity(this.#state, event);
    if (event.type === 'message') {
      const list = this.#lists.get(event.data.conversationId);
      // Also while a page is on its way: the page may be older than this.
      if (list) this.#lists.set(event.data.conversationId, receive(list, event.data));
    }
    if (event.type === 'snapshot') this.#readOpenListsAgain();
    this.#tell();
  };

  /** A list is on the screen: it is read now and kept right after gaps until the returned call. */
  openList(conversationId: string): () => void {
    this.#openLists.set(conversationId, (this.#openLists.get(conversationId) ?? 0) + 1);
    void this.#readNewest(conversationId);
    return () => {
      const count = (this.#openLists.get(conversationId) ?? 1) - 1;
      if (count > 0) this.#openLists.set(conversationId, count);
      else this.#openLists.delete(conversationId);
    };
  }

  readonly retryList = (conversationId: string): void => void this.#readNewest(conversationId);

  async loadOlder(conversationId: string): Promise<void> {
    const list = this.getList(conversationId);
    const oldest = list.messages[0];
    if (list.status !== 'ready' || !list.hasOlder || list.older === 'loading' || !oldest) return;
    this.#change(conversationId, (now) => ({ ...now, older: 'loading' }));
    try {
      const page = await api.messages(conversationId, pageSize, oldest.seq);
      // A list that was read anew meanwhile begins somewhere else: this page would leave a hole.
      this.#change(conversationId, (now) =>
        now.messages[0]?.seq === oldest.seq
          ? prepend(now, page.messages, page.nextBefore !== null)
          : { ...now, older: 'idle' },
      );
    } catch {
      this.#change(conversationId, (now) => ({ ...now, older: 'failed' }));
    }
  }

  /** Shows the message at once and sends it; a repeat with the same id never makes a second one. */
  async send(conversationId: string, text: string, clientMessageId: string = makeClientId()): Promise<void> {
    this.#change(conversationId, (list) => addPending(list, clientMessageId, text, Date.now()));
    try {
      const message = await api.sendMessage(conversationId, text, clientMessageId);
      this.#change(conversationId, (list) => receive(list, message));
    } catch (error) {
      this.#change(conversationId, (list) => failPending(list, clientMessageId, sentenceOf(error)));
    }
  }

  readonly discard = (conversationId: string, clientMessageId: string): void =>
    this.#change(conversationId, (list) => dropPending(list, clientMessageId));

  async #readNewest(conversationId: string): Promise<void> {
    const before = this.getList(conversationId);
    const reading = {};
    const isLatest = () => this.#readings.get(conversationId) === reading;
    this.#readings.set(conversationId, reading);
    if (before.status !== 'ready') this.#change(conversationId, (list) => ({ ...list, status: 'loading' }));
    const wantedSeq = before.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
    try {
      let page = await api.messages(conversationId, pageSize);
      const found = [...page.messages];
      for (
        let read = 1;
        read < pagesToReadAgain && page.nextBefore !== null && page.nextBefore > wantedSeq;
        read++
      ) {
        page = await api.messages(conversationId, pageSize, page.nextBefore);
        found.push(...page.messages);
      }
      if (!isLatest()) return;
      this.#change(conversationId, (list) => takeNewest(list, found, page.nextBefore !== null));
    } catch {
      if (!isLatest()) return;
      if (before.status !== 'ready') this.#change(conversationId, (list) => ({ ...list, status: 'failed' }));
      else
        setTimeout(
          () => isLatest() && this.#openLists.has(conversationId) && this.retryList(conversationId),
          readAgainMs,
        );
    }
  }

  #readOpenListsAgain(): void {
    for (const [id, { pending }] of this.#lists) {
      if (this.#openLists.has(id)) continue;
      this.#readings.delete(id);
      // What was not sent yet is nowhere else.
      if (pending.length > 0) this.#lists.set(id, { ...emptyList, pending });
      else this.#lists.delete(id);
    }
    for (const id of this.#openLists.keys()) void this.#readNewest(id);
  }

  #change(conversationId: string, work: (list: MessageList) => MessageList): void {
    this.#lists.set(conversationId, work(this.getList(conversationId)));
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
