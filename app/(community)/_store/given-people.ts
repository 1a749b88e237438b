import type { MessageView, Snapshot, UserView } from '@parley/call-protocol';
import { namedInMessage } from '@/lib/realtime/named-people';
import { api, pauseBeforeRetry } from './api';
import { type CommunityState, withPeople } from './community-state';

/** Those given last are the ones most likely in sight. */
const mostReadAgain = 300;
/** Proxies take addresses of up to 8 KB. */
const mostOfRequest = 100;

/**
 * The people whom a tab of a large community is given besides the snapshot. The server keeps a stream right for those
 * whom its browser was given, and forgets them with the stream, so they are read again after each snapshot.
 */
export class GivenPeople {
  #latest: object | null = null;

  constructor(readonly store: { getState(): CommunityState; setState(state: CommunityState): void }) {}

  /** What a request for a page adds, so that the answer has the people whom it names, unless everyone is known. */
  naming(): { people?: 'named' } {
    return this.store.getState().memberCount === null ? {} : { people: 'named' };
  }

  /** @param asked as in `withPeople` */
  take(given: readonly UserView[], asked: readonly string[]): void {
    this.store.setState(withPeople(this.store.getState(), given, asked));
  }

  /** Takes those that a page of messages brings. */
  takeNamed({ messages, people }: { messages: MessageView[]; people?: UserView[] | undefined }): void {
    if (people) this.take(people, messages.flatMap(namedInMessage));
  }

  /** Reads those again whom a new snapshot does not hold. */
  readAgain(snapshot: Snapshot): void {
    const held = new Set(snapshot.users.map((user) => user.id));
    const given = [...this.store.getState().users.keys()].filter((id) => !held.has(id));
    const ids = given.slice(-mostReadAgain);
    this.#latest = ids;
    if (ids.length > 0) void this.#read(ids, 0);
  }

  async #read(ids: readonly string[], tries: number): Promise<void> {
    try {
      for (let at = 0; at < ids.length && this.#latest === ids; at += mostOfRequest) {
        const some = ids.slice(at, at + mostOfRequest);
        const { users } = await api.peopleByIds(some);
        if (this.#latest === ids) this.take(users, some);
      }
    } catch (error) {
      const pauseMs = pauseBeforeRetry(error, tries);
      const again = () => {
        if (this.#latest === ids) void this.#read(ids, tries + 1);
      };
      if (pauseMs !== null) setTimeout(again, pauseMs);
    }
  }
}
