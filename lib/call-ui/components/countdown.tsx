import type { CountdownProps } from '../slots';
import { secondsLeft } from '../words/text';
import { useWords } from '../words/use-words';
import { withParts } from '../words/with-parts';
import style from './countdown.module.css';
import { RejoinRing } from './rejoin-ring';

/** The one whose return the call waits for, and how long it will. */
export function Countdown({ participant }: CountdownProps) {
  const { tile } = useWords();
  const name = <bdi>{participant.person.displayName}</bdi>;
  return (
    <div className={style.countdown} data-ring-state={participant.state}>
      <RejoinRing participant={participant} size={96} />
      <div className={style.words}>
        <span role="status" className={style.dropped}>
          {withParts(tile.dropped, { name })}
        </span>
        {participant.rejoinMsLeft === null ? null : (
          <span className={style.ending}>
            {withParts(tile.ending, {
              seconds: <b>{tile.seconds({ seconds: secondsLeft(participant.rejoinMsLeft) })}</b>,
              name,
            })}
          </span>
        )}
      </div>
    </div>
  );
}
