import type { SignInId, UserId } from '@/lib/ids';

export type ServerBrowser = { userId: UserId; isAwake: boolean };

/** Browsers that opened, changed or closed, and silences that began or ended; null: no more. */
export type PresenceChange = {
  browsers: [signInId: SignInId, browser: ServerBrowser | null][];
  silent: [signInId: SignInId, since: number | null][];
};

/** Revisions that a server has given (`PresenceRevisions`): of some people, or of everyone up to a number. */
export type GivenRevisions = { of: [userId: UserId, revision: number][] } | { upTo: number };

/** What one server knows: browsers with a stream at it, and those that are silent since their last one closed. */
export class ServerPresence {
  readonly #browsers = new Map<SignInId, ServerBrowser>();
  readonly #silent = new Map<SignInId, number>();
  /** How many browsers of a person are awake; a person without one has no entry. */
  readonly #awake = new Map<UserId, number>();

  apply({ browsers, silent }: PresenceChange): void {
    for (const [signInId, browser] of browsers) {
      const before = this.#browsers.get(signInId);
      if (before) this.#count(before, -1);
      if (browser) this.#count(browser, 1);
      if (browser) this.#browsers.set(signInId, browser);
      else this.#browsers.delete(signInId);
    }
    for (const [signInId, since] of silent) {
      if (since === null) this.#silent.delete(signInId);
      else this.#silent.set(signInId, since);
    }
  }

  has(signInId: SignInId): boolean {
    return this.#browsers.has(signInId);
  }

  personOf(signInId: SignInId): UserId | null {
    return this.#browsers.get(signInId)?.userId ?? null;
  }

  isAwake(userId: UserId): boolean {
    return this.#awake.has(userId);
  }

  silentSince(signInId: SignInId): number | null {
    return this.#silent.get(signInId) ?? null;
  }

  people(): Set<UserId> {
    return new Set([...this.#browsers.values()].map(({ userId }) => userId));
  }

  /** The change that makes nothing into this. */
  whole(): PresenceChange {
    return { browsers: [...this.#browsers], silent: [...this.#silent] };
  }

  #count({ userId, isAwake }: ServerBrowser, by: 1 | -1): void {
    if (!isAwake) return;
    const count = (this.#awake.get(userId) ?? 0) + by;
    if (count > 0) this.#awake.set(userId, count);
    else this.#awake.delete(userId);
  }
}
