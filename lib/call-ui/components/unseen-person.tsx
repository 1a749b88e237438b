import { memo } from 'react';
import type { CallParticipant } from '../view-models';
import theme from './theme.module.css';

/** A participant without a tile, for screen readers: their list holds every participant. */
export const UnseenPerson = memo(function UnseenPerson({ participant }: { participant: CallParticipant }) {
  const { person, isSelf, stateText } = participant;
  return (
    <li className={theme.hidden} aria-label={person.displayName}>
      {isSelf ? `${person.displayName} (you)` : person.displayName} {stateText}
    </li>
  );
});
