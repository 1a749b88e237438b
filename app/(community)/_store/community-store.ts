import { makeClientId } from '@parley/call-kit';
import type { Snapshot, StreamEvent } from '@parley/call-protocol';
import { reasonOf } from '../../_language/api-error';
import { api, pauseBeforeRetry } from './api';
import { type CommunityState, fromSnapshot, reduceCommunity } from './community-state';
import { GivenPeople } from './given-people';
import { KeptWriting, type Unsent } from './kept-writing';
import {
  addPending,
  append,
  dropPending,
  emptyList,
  failPending,
  keepNewest,
  keepOldest,
  type MessageList,
  prepend,
  receive,
  takeNewest,
} from './message-list';

const pageSize = 50;
/** After a gap at most this many pages of an open list are read again; older ones on scrolling. */
const pagesToReadAgain = 6;
/** So many conversations are there at once when one comes back to them … */
const mostClosedLists = 20;
/** … with so many of their messages, however many came or were read. */
const keptOfClosed = 2 * pageSize;
const mostOfOpen = 10 * pageSize;
const keptOfOpen = 4 * pageSize;
/** A message whose sending a reload cut short goes out by itself when it is younger than this; else its author decides. */
const sendsAgainMs = 60_000;
const cutShort = 'messages.cutShort';

/** The one store of this tab: the community from the stream, and the messages of opened conversations. */
export class CommunityStore {
  /** Drafts, and what the server has not confirmed; kept on this device. */
  readonly writing: KeptWriting;
  /** In a large community: who was given besides the snapshot. */
  readonly people = new GivenPeople({
    getState: () => this.#state,
    setState: (state) => {
      this.#state = state;
      this.#notify();
    },
  });
  #state: CommunityState;
  readonly #lists = new Map<string, MessageList>();
  readonly #openLists = new Map<string, number>();
  /** The latest request for each list: the response of an earlier one is ignored. */
  readonly #readings = new Map<string, object>();
  readonly #listeners = new Set<() => void>();
  /** What the page was made with, until the stream's first event. */
  #made: CommunityState | null;

  constructor(snapshot: Snapshot) {
    this.#state = fromSnapshot(snapshot);
    this.#made = this.#state;
    this.writing = new KeptWriting(snapshot.me.id);
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
      const { conversationId } = event.data;
      const list = this.#lists.get(conversationId);
      // Also while a page is on its way: the page may be older than this.
      if (list) this.#setList(conversationId, receive(list, event.data));
      if (event.data.clientMessageId) this.writing.dropUnsent(event.data.clientMessageId);
    }
    if (event.type === 'signed-out') this.writing.forget();
    if (event.type === 'snapshot') {
      this.#readOpenListsAgain();
      this.people.readAgain(event.data);
    }
    this.#made = null;
    this.#notify();
  };

  /** A list is on the screen: it is read now and kept right after gaps until the returned call. */
  openList(conversationId: string): () => void {
    this.#openLists.set(conversationId, (this.#openLists.get(conversationId) ?? 0) + 1);
    if (this.getList(conversationId).hasNewer) this.toNewest(conversationId);
    else void this.#read(conversationId);
    return () => {
      const count = (this.#openLists.get(conversationId) ?? 1) - 1;
      if (count > 0) this.#openLists.set(conversationId, count);
      else this.#close(conversationId);
    };
  }

  #close(conversationId: string): void {
    this.#openLists.delete(conversationId);
    const list = this.#lists.get(conversationId);
    if (!list) return;
    // The next opening begins with the newest messages.
    if (list.hasNewer) {
      this.#forget(conversationId);
      return;
    }
    // The one that was closed last stands last.
    this.#lists.delete(conversationId);
    this.#setList(conversationId, list);
    const closed = [...this.#lists.keys()].filter((id) => !this.#openLists.has(id));
    for (const id of closed.slice(0, -mostClosedLists)) this.#forget(id);
  }

  #forget(conversationId: string): void {
    this.#readings.delete(conversationId);
    const pending = this.getList(conversationId).pending;
    // What was not sent yet is nowhere else.
    if (pending.length > 0) this.#lists.set(conversationId, { ...emptyList, pending });
    else this.#lists.delete(conversationId);
  }

  readonly retryList = (conversationId: string): void => void this.#read(conversationId);

  /** Holds the newest messages again, instead of the older ones that were read. */
  readonly toNewest = (conversationId: string): void => {
    if (!this.getList(conversationId).hasNewer) return;
    this.#change(conversationId, ({ pending }) => ({ ...emptyList, pending }));
    void this.#read(conversationId);
  };

  async loadOlder(conversationId: string): Promise<void> {
    const list = this.getList(conversationId);
    const oldest = list.messages[0];
    if (list.status !== 'ready' || !list.hasOlder || list.older === 'loading' || !oldest) return;
    this.#change(conversationId, (now) => ({ ...now, older: 'loading' }));
    try {
      const page = await this.#readPage(conversationId, oldest.seq);
      // A list that was read anew meanwhile begins somewhere else: this page would leave a hole.
      this.#change(conversationId, (now) =>
        now.messages[0]?.seq === oldest.seq
          ? keepOldest(prepend(now, page.messages, page.nextBefore !== null), this.#mostOf(conversationId))
          : { ...now, older: 'idle' },
      );
    } catch {
      this.#change(conversationId, (now) => ({ ...now, older: 'failed' }));
    }
  }

  async loadNewer(conversationId: string): Promise<void> {
    const list = this.getList(conversationId);
    const newest = list.messages.at(-1);
    if (list.status !== 'ready' || !list.hasNewer || list.newer === 'loading' || !newest) return;
    this.#change(conversationId, (now) => ({ ...now, newer: 'loading' }));
    try {
      const query = { limit: pageSize, after: newest.seq, ...this.people.naming() };
      const page = await api.newerMessages(conversationId, query);
      this.people.takeNamed(page);
      this.#change(conversationId, (now) =>
        now.messages.at(-1)?.seq === newest.seq
          ? keepNewest(append(now, page.messages, page.nextAfter !== null), this.#mostOf(conversationId))
          : { ...now, newer: 'idle' },
      );
    } catch {
      this.#change(conversationId, (now) => ({ ...now, newer: 'failed' }));
    }
  }

  /** Without a limit while the list is on the screen twice: each place would drop the messages of the other. */
  #mostOf(conversationId: string): number {
    return this.#openLists.get(conversationId) === 1 ? mostOfOpen : Number.POSITIVE_INFINITY;
  }

  /** A list that is on the screen for days: what lies far above the end is read again on scrolling. */
  readonly forgetOldest = (conversationId: string): void => {
    const list = this.getList(conversationId);
    if (list.messages.length > this.#mostOf(conversationId))
      this.#change(conversationId, (now) => keepNewest(now, keptOfOpen));
  };

  /** Shows the message at once and sends it; a repeat with the same id never makes a second one. */
  async send(conversationId: string, text: string, clientMessageId: string = makeClientId()): Promise<void> {
    const message = { clientMessageId, text, sentAt: Date.now(), hasFailed: false, reason: null };
    this.writing.keepUnsent({ conversationId, ...message });
    this.#change(conversationId, (list) => addPending(list, message));
    this.toNewest(conversationId);
    try {
      const sent = await api.sendMessage(conversationId, text, clientMessageId);
      this.#change(conversationId, (list) => receive(list, sent));
    } catch (error) {
      const reason = reasonOf(error);
      // Confirmed by the stream meanwhile, or deleted in another tab: nothing is left to try again.
      if (!this.#isPending(conversationId, clientMessageId)) return;
      this.writing.keepUnsent({ conversationId, ...message, hasFailed: true, reason });
      this.#change(conversationId, (list) => failPending(list, clientMessageId, reason));
    }
  }

  /**
   * Brings back what an earlier page could not send, and follows what other tabs of this browser do with theirs,
   * until the returned call.
   */
  restoreWriting(): () => void {
    const close = this.writing.open((clientMessageId, unsent) => {
      if (unsent?.hasFailed) this.#change(unsent.conversationId, (list) => addPending(list, unsent));
      if (unsent === null) this.#dropFailed(clientMessageId);
    });
    for (const unsent of this.writing.unsent()) {
      if (!this.#state.conversations.has(unsent.conversationId))
        this.writing.dropUnsent(unsent.clientMessageId);
      else if (!this.#isPending(unsent.conversationId, unsent.clientMessageId)) this.#restore(unsent);
    }
    return close;
  }

  #restore(unsent: Unsent): void {
    const { conversationId, clientMessageId, text, sentAt, hasFailed } = unsent;
    if (!hasFailed && Date.now() - sentAt < sendsAgainMs) {
      void this.send(conversationId, text, clientMessageId);
    } else {
      const failed = { ...unsent, hasFailed: true, reason: unsent.reason ?? cutShort };
      this.#change(conversationId, (list) => addPending(list, failed));
    }
  }

  #dropFailed(clientMessageId: string): void {
    for (const [id, { pending }] of this.#lists)
      if (pending.some((one) => one.clientMessageId === clientMessageId && one.hasFailed))
        this.#change(id, (list) => dropPending(list, clientMessageId));
  }

  #isPending(conversationId: string, clientMessageId: string): boolean {
    return this.getList(conversationId).pending.some((one) => one.clientMessageId === clientMessageId);
  }

  readonly discard = (conversationId: string, clientMessageId: string): void =>
    this.#change(conversationId, (list) => dropPending(list, clientMessageId));

  /** Reads the newest messages again, or those of the window when it does not end with the newest. */
  async #read(conversationId: string, tries = 0): Promise<void> {
    const before = this.getList(conversationId);
    const reading = {};
    const isLatest = () => this.#readings.get(conversationId) === reading;
    this.#readings.set(conversationId, reading);
    if (before.status !== 'ready') this.#change(conversationId, (list) => ({ ...list, status: 'loading' }));
    const wantedSeq = before.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
    try {
      const last = before.messages.at(-1);
      const end = before.hasNewer && last ? last.seq + 1 : undefined;
      let page = await this.#readPage(conversationId, end);
      const found = [...page.messages];
      for (
        let read = 1;
        read < pagesToReadAgain && page.nextBefore !== null && page.nextBefore > wantedSeq;
        read++
      ) {
        page = await this.#readPage(conversationId, page.nextBefore);
        found.push(...page.messages);
      }
      if (!isLatest()) return;
      this.#readings.delete(conversationId);
      this.#change(conversationId, (list) => takeNewest(list, found, page.nextBefore !== null));
    } catch (error) {
      if (!isLatest()) return;
      const pauseMs = pauseBeforeRetry(error, tries);
      if (before.status !== 'ready') this.#change(conversationId, (list) => ({ ...list, status: 'failed' }));
      else if (pauseMs !== null) {
        // A list on the screen that was not read again may have a hole.
        const again = () => {
          if (isLatest() && this.#openLists.has(conversationId)) void this.#read(conversationId, tries + 1);
        };
        setTimeout(again, pauseMs);
      }
    }
  }

  async #readPage(conversationId: string, before: number | undefined) {
    const page = await api.messages(conversationId, { limit: pageSize, before, ...this.people.naming() });
    this.people.takeNamed(page);
    return page;
  }

  #readOpenListsAgain(): void {
    for (const id of [...this.#lists.keys()]) if (!this.#openLists.has(id)) this.#forget(id);
    for (const id of this.#openLists.keys()) if (!this.#lacksNothing(id)) void this.#read(id);
  }

  /** Its list was read after the page was made, and until the stream was there the conversation has not changed. */
  #lacksNothing(id: string): boolean {
    const made = this.#made?.conversations.get(id);
    const isSame = made !== undefined && made.revision === this.#state.conversations.get(id)?.revision;
    return isSame && this.getList(id).status !== 'failed';
  }

  #change(conversationId: string, work: (list: MessageList) => MessageList): void {
    this.#setList(conversationId, work(this.getList(conversationId)));
    this.#notify();
  }

  #setList(conversationId: string, list: MessageList): void {
    const pending = new Set(list.pending.map((one) => one.clientMessageId));
    for (const { clientMessageId } of this.getList(conversationId).pending)
      if (!pending.has(clientMessageId)) this.writing.dropUnsent(clientMessageId);
    const isOpen = this.#openLists.has(conversationId);
    this.#lists.set(conversationId, isOpen ? list : keepNewest(list, keptOfClosed));
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
