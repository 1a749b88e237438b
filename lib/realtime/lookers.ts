import 'server-only';
import type { UserId } from '@/lib/ids';
import type { Stream } from './stream';

/** So many people one browser may have been given besides its snapshot; the ones given first are forgotten first. */
const mostGiven = 2000;

/**
 * Which streams are woken for which people. In a small community everyone is in every snapshot, and so each stream is
 * woken for all, newcomers included. In a larger one a stream looks at the people of its snapshot and at those that
 * its browser was given since, so that one person who comes online costs as much as there are streams that look.
 */
export class Lookers {
  readonly #atEveryone = new Set<Stream>();
  readonly #byPerson = new Map<string, Set<Stream>>();
  /** The people of each stream, those of its latest snapshot and those given since. */
  readonly #first = new Map<Stream, readonly string[]>();
  readonly #given = new Map<Stream, Set<string>>();
  /** Streams whose snapshot is being read, and how much of `#changed` that snapshot is sure to know. */
  readonly #opening = new Map<Stream, number>();
  #changed: UserId[] = [];

  /** The stream's snapshot is about to be read. */
  begin(stream: Stream): void {
    this.#opening.set(stream, this.#changed.length);
  }

  /**
   * The stream's snapshot was read.
   *
   * @param users whom it shows; null: everyone
   * @returns those whom the stream looks at and who have changed since `begin`: the snapshot may be older
   */
  settle(stream: Stream, users: readonly string[] | null): UserId[] {
    const changed = this.#changed.slice(this.#opening.get(stream));
    this.#endOpening(stream);
    if (!users) {
      this.#atEveryone.add(stream);
      return changed;
    }
    // A client that has more people than its latest snapshot reads them again, and is given them by that.
    const latest = new Set(users);
    for (const id of this.#first.get(stream) ?? []) {
      if (latest.has(id)) continue;
      stream.noteHidden(id);
      this.#remove(stream, id);
    }
    this.#atEveryone.delete(stream);
    this.#first.set(stream, users);
    for (const id of users) {
      this.#given.get(stream)?.delete(id);
      this.#add(stream, id);
    }
    return changed.filter((id) => stream.hasShown(id));
  }

  /** The stream's browser is about to be given these people. */
  look(stream: Stream, ids: readonly string[]): void {
    if (this.#atEveryone.has(stream)) return;
    const given = this.#given.get(stream) ?? new Set();
    this.#given.set(stream, given);
    for (const id of ids) {
      if (!given.delete(id) && stream.hasShown(id)) continue;
      given.add(id);
      this.#add(stream, id);
    }
    for (const id of given) {
      if (given.size <= mostGiven) break;
      given.delete(id);
      stream.noteHidden(id);
      this.#remove(stream, id);
    }
  }

  /** The person was removed: the stream has no more to be sent of them. */
  lookAway(stream: Stream, id: string): void {
    this.#given.get(stream)?.delete(id);
    this.#remove(stream, id);
  }

  /**
   * Notes that these people changed.
   *
   * @returns each group of streams to wake, with the people it is woken for
   */
  wokenBy(ids: readonly UserId[]): [Iterable<Stream>, readonly UserId[]][] {
    if (this.#opening.size > 0) this.#changed.push(...ids);
    const woken: [Iterable<Stream>, readonly UserId[]][] = [[this.#atEveryone, ids]];
    for (const id of ids) {
      const streams = this.#byPerson.get(id);
      if (streams) woken.push([streams, [id]]);
    }
    return woken;
  }

  /** The stream is closed. */
  forget(stream: Stream): void {
    this.#endOpening(stream);
    this.#atEveryone.delete(stream);
    for (const ids of [this.#first.get(stream), this.#given.get(stream)])
      for (const id of ids ?? []) this.#remove(stream, id);
    this.#first.delete(stream);
    this.#given.delete(stream);
  }

  #endOpening(stream: Stream): void {
    this.#opening.delete(stream);
    if (this.#opening.size === 0) this.#changed = [];
  }

  #add(stream: Stream, id: string): void {
    const streams = this.#byPerson.get(id);
    if (streams) streams.add(stream);
    else this.#byPerson.set(id, new Set([stream]));
  }

  #remove(stream: Stream, id: string): void {
    const streams = this.#byPerson.get(id);
    streams?.delete(stream);
    if (streams?.size === 0) this.#byPerson.delete(id);
  }
}
