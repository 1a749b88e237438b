import { memo } from 'react';
import type { CallParticipant } from '../view-models';
import { useFirstWords } from '../words/words-context';
import theme from './theme.module.css';

/** A participant without a tile, for screen readers: their list holds every participant. */
export const UnseenPerson = memo(function UnseenPerson({ participant }: { participant: CallParticipant }) {
  const { person, isSelf, stateText } = participant;
  const name = person.displayName;
  const words = useFirstWords().person;
  return (
    <li className={theme.hidden} aria-label={person.displayName}>
      {isSelf ? words.self({ name }) : name} {stateText}
    </li>
  );
});

/** Everyone in a call that shows no tiles, for screen readers. */
export function UnseenPeople({ people }: { people: readonly CallParticipant[] }) {
  return (
    <ul className={theme.hidden} aria-label={useFirstWords().call.people}>
      {people.map((participant) => (
        <UnseenPerson key={participant.person.id} participant={participant} />
      ))}
    </ul>
  );
}
