import type { CountdownProps } from '../slots';
import { secondsLeft } from '../words';
import style from './countdown.module.css';
import { RejoinRing } from './rejoin-ring';

/** The one whose return the call waits for, and how long it will. */
export function Countdown({ participant }: CountdownProps) {
  const name = <bdi>{participant.person.displayName}</bdi>;
  return (
    <div className={style.countdown} data-ring-state={participant.state}>
      <RejoinRing participant={participant} size={96} />
      <div className={style.words}>
        <span role="status" className={style.dropped}>
          {name}’s connection dropped
        </span>
        {participant.rejoinMsLeft === null ? null : (
          <span className={style.ending}>
            Ending in <b>{secondsLeft(participant.rejoinMsLeft)} s</b> if {name} does not come back
          </span>
        )}
      </div>
    </div>
  );
}
