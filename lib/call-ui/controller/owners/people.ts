import type { Person } from '@parley/call-protocol';
import { clockNow } from '../../clock';
import { asPerson, type PersonAnswer } from '../../sent-views';
import type { Cell } from '../state-store';

/**
 * Who has this id, in the words and pictures of the app: at once or later. Null: unknown, for now. It is asked once per
 * id, each id of a call in the same turn, so that an app can answer many with one request; an answer is kept until
 * `refresh`, and a failure is asked anew when the person is next shown, after 10 s at the earliest.
 *
 * @example
 * const resolvePerson: ResolvePerson = async (id) => (await fetch(`/people/${id}`)).json();
 */
export type ResolvePerson = (
  id: string,
) => PersonAnswer | null | undefined | PromiseLike<PersonAnswer | null | undefined>;

/** `asked`: no answer yet; `unknown`: there was none. Both show a placeholder. */
export type NamedPerson = { person: Person; state: 'asked' | 'known' | 'unknown' };

export type PeopleState = { named: ReadonlyMap<string, NamedPerson> };

export const firstPeople: PeopleState = { named: new Map() };

/** The people whom the transport sends as ids only. */
export type People = {
  /** The person with this id at once, and asks for their name where it is not known. */
  of(id: string): Person;
  /** The same, but undefined where only a resolver could know and the app has none. */
  find(id: string): Person | undefined;
  /** Takes what the stream says about people who are known by their id. */
  take(people: readonly Person[]): void;
  /** Asks anew; what is known stays until the answer is there. Default: everyone who came as an id. */
  refresh(ids?: readonly string[]): void;
  /** Gives the placeholders of the provider's language to all whose name is not known. */
  renamePlaceholders(): void;
};

export type PeopleParts = {
  /** Reads the app's resolver, which may be another one with every rendering. */
  resolver: () => ResolvePerson | undefined;
  /** Who is known without asking. */
  known: (id: string) => Person | undefined;
  /** Shown for a person whose name is not known. */
  placeholder: () => string;
  /** An id has another person than before: the same object stands wherever they are shown. */
  onChange: (before: Person, now: Person) => void;
};

/** How long a failure counts, in milliseconds. */
const failedMs = 10_000;

export function createPeople(cell: Cell<PeopleState>, parts: PeopleParts): People {
  /** Which answer counts: that to the newest question. */
  const asks = new Map<string, number>();
  const failedAt = new Map<string, number>();
  const namedOf = (id: string) => cell.get().named.get(id);
  const nameless = (id: string) => asPerson(id, { displayName: parts.placeholder() });

  function set(id: string, next: NamedPerson) {
    const before = namedOf(id)?.person;
    cell.set({ named: new Map(cell.get().named).set(id, next) });
    if (before && before !== next.person) parts.onChange(before, next.person);
  }

  function settle(id: string, answer: PersonAnswer | null | undefined) {
    const before = namedOf(id);
    if (answer?.displayName) set(id, { person: asPerson(id, answer), state: 'known' });
    else {
      failedAt.set(id, clockNow());
      if (before?.state !== 'known') set(id, { person: before?.person ?? nameless(id), state: 'unknown' });
    }
  }

  function ask(id: string) {
    const number = (asks.get(id) ?? 0) + 1;
    asks.set(id, number);
    const settleNewest = (answer?: PersonAnswer | null) => {
      if (asks.get(id) === number) settle(id, answer);
    };
    const fail = (error: unknown) => {
      settleNewest();
      // The person has a placeholder; the app's developer learns why.
      reportError(error);
    };
    try {
      const answer = parts.resolver()?.(id);
      if (isLater(answer)) answer.then(settleNewest, fail);
      else settleNewest(answer);
    } catch (error) {
      fail(error);
    }
  }

  function of(id: string): Person {
    const before = namedOf(id);
    if (before?.state === 'known') return before.person;
    const known = parts.known(id);
    // Its own placeholder stands in the views, too.
    if (known && known !== before?.person) set(id, { person: known, state: 'known' });
    else if (!before || (before.state === 'unknown' && clockNow() - (failedAt.get(id) ?? 0) >= failedMs)) {
      ask(id);
      if (!namedOf(id)) set(id, { person: nameless(id), state: 'asked' });
    }
    return namedOf(id)?.person ?? nameless(id);
  }

  return {
    of,
    find: (id) => (parts.resolver() ? of(id) : parts.known(id)),
    take(people) {
      for (const person of people) {
        if (!namedOf(person.id)) continue;
        asks.set(person.id, (asks.get(person.id) ?? 0) + 1);
        set(person.id, { person, state: 'known' });
      }
    },
    refresh(ids = [...cell.get().named.keys()]) {
      for (const id of ids) if (namedOf(id)) ask(id);
    },
    renamePlaceholders() {
      for (const [id, { person, state }] of cell.get().named)
        if (state !== 'known' && person.displayName !== parts.placeholder())
          set(id, { person: nameless(id), state });
    },
  };
}

const isLater = (answer: ReturnType<ResolvePerson>): answer is PromiseLike<PersonAnswer | null | undefined> =>
  typeof answer === 'object' && answer !== null && 'then' in answer && typeof answer.then === 'function';
