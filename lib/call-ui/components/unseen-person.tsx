import { memo } from 'react';
import type { CallParticipant } from '../shown';
import theme from './theme.module.css';

/** Somebody who has no picture here, for whoever reads the list by ear: everybody in the call is in it. */
export const UnseenPerson = memo(function UnseenPerson({ participant }: { participant: CallParticipant }) {
  const { person, isSelf, stateText } = participant;
  return (
    <li className={theme.hidden} aria-label={person.displayName}>
      {isSelf ? `${person.displayName} (you)` : person.displayName} {stateText}
    </li>
  );
});
