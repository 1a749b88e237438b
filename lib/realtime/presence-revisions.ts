import type { UserId } from '@/lib/ids';

/**
 * The revisions under which one server shows how people come and go (`ShownPresence`). Servers take the highest that any
 * of them has given: a client reads at several, and what changes in the row of a person adds 1, which must be higher
 * wherever it is read.
 */
export class PresenceRevisions {
  readonly #wallNow: () => number;
  readonly #own = new Map<UserId, number>();
  /**
   * Of whom nothing else was noted: the time of the start. It is later than any change that an earlier process noted,
   * because a person comes and goes in seconds, not in milliseconds. Where the clock was set back meanwhile the snapshot
   * counts, which every client gets from a new process.
   */
  #least: number | null = null;
  #highest = 0;

  constructor(wallNow: () => number) {
    this.#wallNow = wallNow;
  }

  of(userId: UserId): number {
    this.#least ??= this.#wallNow();
    return Math.max(this.#least, this.#own.get(userId) ?? 0);
  }

  /** Returns the next revision of this person. */
  next(userId: UserId): number {
    this.raise(userId, Math.max(this.of(userId) + 1, this.#wallNow()));
    return this.of(userId);
  }

  /** Another server has given this one. */
  raise(userId: UserId, revision: number): void {
    this.#own.set(userId, Math.max(this.of(userId), revision));
    this.#highest = Math.max(this.#highest, revision);
  }

  /** Another server may have given any up to this one. */
  raiseAll(revision: number): void {
    this.#least = Math.max(this.#least ?? this.#wallNow(), revision);
    for (const [userId, own] of this.#own) if (own <= this.#least) this.#own.delete(userId);
  }

  /** Returns the revision that everyone has here from now on: no other one that was given here exceeds it. */
  level(): number {
    this.raiseAll(Math.max(this.#highest, this.#wallNow()));
    return this.#least ?? 0;
  }
}
