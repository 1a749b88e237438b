import type { Person } from '@parley/call-protocol';
import { useLayoutEffect, useMemo } from 'react';
import { personIn } from '../controller/kit-state';
import type { NamedPerson } from '../controller/owners/people';
import { useController } from '../controller-context';
import { asPerson } from '../sent-views';
import { useFirstWords } from '../words/words-context';
import { useKitState } from './use-kit';

/** A person by their id, as far as they are known. */
export type PersonState = {
  /** Named "Someone" and without a picture while they are not known. */
  person: Person;
  /** `asked`: no answer yet; `unknown`: `resolvePerson` had none, or there is no such function. */
  state: NamedPerson['state'];
  /** Asks `resolvePerson` anew; what is known stays until the answer is there. */
  refresh: () => void;
};

/**
 * A person by their id: signed in here, named by the transport, or else as `resolvePerson` says.
 *
 * @example
 * const { person, state } = usePerson(view.callerId);
 * return <h2 aria-busy={state === 'asked'}>{person.displayName} is calling</h2>;
 */
export function usePerson(id: string): PersonState {
  const { kit } = useController();
  const named = useKitState((state) => state.named.get(id));
  const sent = useKitState((state) => (id === kit.self.id ? kit.self : personIn(state, id)));
  const isSent = sent !== undefined;
  // Before the browser paints: an app that knows the name at once never shows a placeholder.
  useLayoutEffect(() => {
    if (!isSent) kit.people.of(id);
  }, [kit, id, isSent]);
  const { unknown } = useFirstWords().person;
  const nameless = useMemo(() => asPerson(id, { displayName: unknown }), [id, unknown]);
  return {
    person: named?.person ?? sent ?? nameless,
    state: named?.state ?? (sent ? 'known' : 'asked'),
    refresh: () => kit.people.refresh([id]),
  };
}

/**
 * Asks `resolvePerson` anew for these people, or for everyone it was asked for: call it when the app learns that
 * people have changed their names or pictures.
 *
 * @example
 * const refreshPeople = useRefreshPeople();
 * useEffect(() => app.onRenamed((userId) => refreshPeople([userId])), [refreshPeople]);
 */
export function useRefreshPeople(): (ids?: readonly string[]) => void {
  return useController().kit.people.refresh;
}
