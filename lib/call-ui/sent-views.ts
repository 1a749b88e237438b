import type { CallPersonView, CallView, CallWithMedia, Person } from '@parley/call-protocol';

/**
 * A person as a transport names them. The id alone is enough where the app has a `resolvePerson`; a name that is sent
 * along is shown as it is, and the resolver is not asked.
 *
 * @example
 * const sent: SentPerson = { id: 'user_7' };
 */
export type SentPerson = { id: string } & {
  [Key in keyof Omit<Person, 'id'>]?: Person[Key] | undefined;
};

/**
 * A line of a call as a transport sends it. A `handPlace` that is left out is a hand that is not raised.
 *
 * @example
 * const line: SentCallPerson = { user: { id: 'user_7' }, ring: null, participation: null };
 */
export type SentCallPerson = Omit<CallPersonView, 'user' | 'participation'> & {
  user: SentPerson;
  participation:
    | (Omit<NonNullable<CallPersonView['participation']>, 'handPlace'> & { handPlace?: number | null })
    | null;
};

/**
 * A call as a transport sends it: a `CallView` whose people may be ids only. Caller and ringers are ids anyway, and are
 * among `people`. A `line` that is left out is none.
 *
 * @example
 * feed.emit({ type: 'call', data: { ...call, people: ids.map((id) => ({ user: { id }, ring, participation })) } });
 */
export type SentCallView = Omit<CallView, 'people' | 'line'> & {
  people: readonly SentCallPerson[];
  line?: string | null;
};

/**
 * The answer to a start, accept, join or move, as a transport sends it.
 *
 * @example
 * const answer: SentCallWithMedia = { call: viewFor(me, call), media: { url: 'wss://livekit.example.org', token } };
 */
export type SentCallWithMedia = Omit<CallWithMedia, 'call'> & { call: SentCallView };

const isPerson = (sent: SentPerson): sent is Person =>
  Boolean(sent.displayName) && sent.avatarUrl !== undefined && sent.username !== undefined;

const isLine = (sent: SentCallPerson): sent is CallPersonView =>
  isPerson(sent.user) && sent.participation?.handPlace !== undefined;

const isWhole = (sent: SentCallView): sent is SentCallView & CallView =>
  sent.line !== undefined && sent.people.every(isLine);

/** A view with everything in it; `personOf` names those who came as ids. A whole view stays the same object. */
export function completeView(sent: SentCallView, personOf: (id: string) => Person): CallView {
  if (isWhole(sent)) return sent;
  const people = sent.people.map((line): CallPersonView => {
    if (isLine(line)) return line;
    const { user, participation } = line;
    return {
      ...line,
      user: user.displayName
        ? asPerson(user.id, { ...user, displayName: user.displayName })
        : personOf(user.id),
      participation: participation && { ...participation, handPlace: participation.handPlace ?? null },
    };
  });
  return { ...sent, line: sent.line ?? null, people };
}

/**
 * What a resolver knows of a person: at least a name.
 *
 * @example
 * const bob: PersonAnswer = { displayName: 'Bob', avatarUrl: '/pictures/bob.webp', hue: 210 };
 */
export type PersonAnswer = Omit<SentPerson, 'id' | 'displayName'> & { displayName: string };

/** A whole person of what is known of one. */
export function asPerson(id: string, { username, displayName, avatarUrl, hue }: PersonAnswer): Person {
  return {
    id,
    username: username ?? '',
    displayName,
    avatarUrl: avatarUrl ?? null,
    ...(hue === undefined ? {} : { hue }),
  };
}
