import type { RingCardProps } from '../slots';
import { useWords } from '../words/use-words';
import { Avatar, avatarOf } from './avatar';
import { classNames } from './class-names';
import { isPresent, isRung } from './participant-presence';
import { RingButton } from './ring-button';
import style from './ring-card.module.css';
import theme from './theme.module.css';

/** One callee of a group while it rings: who, how it stands, and the one thing to do about it. */
export function RingCard({ participant }: RingCardProps) {
  const { person, state } = participant;
  const { tile } = useWords();
  const isGrey = state === 'declined' || state === 'no_answer' || state === 'unreachable' || state === 'left';
  return (
    <div
      className={classNames(theme.kit, style.card)}
      data-ring-state={state}
      data-speaking={participant.isSpeaking || undefined}
    >
      <span className={style.face}>
        <Avatar
          {...avatarOf(person)}
          size={52}
          isDim={isGrey}
          hasRings={state === 'ringing'}
          isSpeaking={participant.isSpeaking}
        />
      </span>
      <span className={style.words}>
        <bdi className={theme.clip}>{person.displayName}</bdi>
        <span
          className={style.state}
          data-tone={isRung(participant) ? 'accent' : isPresent(participant) ? 'here' : state}
        >
          {participant.stateText || (state === 'in_call' ? tile.inTheCall : '')}
        </span>
      </span>
      <RingButton participant={participant} className={style.action} />
    </div>
  );
}
