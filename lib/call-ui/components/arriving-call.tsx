import type { ReactNode } from 'react';
import type { ButtonProps, CallParticipant, CallSummary, ControlState } from '../view-models';
import { useFirstWords } from '../words/words-context';
import style from './arriving-call.module.css';
import { Avatar, avatarOf } from './avatar';
import { BareCall } from './bare-call';
import { BareControls } from './bare-controls';
import { classNames } from './class-names';
import theme from './theme.module.css';
import { UnseenPeople } from './unseen-person';
import { useKeptFocus } from './use-kept-focus';

/** A call that was accepted or joined and is not heard yet. */
export type ArrivingCallProps = {
  call: CallSummary;
  people: CallParticipant[];
  microphone: ControlState;
  leaveProps: ButtonProps;
  leaveLabel: string;
  /** As high as the dock that follows, in CSS pixels; `card`: where the ring's window was; `full`: the whole window. */
  height: number | 'card' | 'full';
};

/**
 * What the window of a ring becomes when it is accepted, until the call is heard: as little as says so, because what a
 * page draws before the first sound delays it.
 *
 * @example
 * const { place, isArriving } = useCallPlace();
 * return isArriving && <ArrivingCall {...{ call, people, microphone, leaveProps, leaveLabel }} height="card" />;
 */
export function ArrivingCall({ call, people, height, ...controls }: ArrivingCallProps) {
  const toolbar = <BareControls {...controls} />;
  if (typeof height === 'number') return <BareCall {...{ call, people, height }}>{toolbar}</BareCall>;
  return (
    <Card {...{ call, people }} isFull={height === 'full'}>
      {toolbar}
    </Card>
  );
}

type CardProps = Pick<ArrivingCallProps, 'call' | 'people'> & { isFull: boolean; children: ReactNode };

function Card({ call, people, isFull, children }: CardProps) {
  const surface = useKeptFocus<HTMLElement>();
  const words = useFirstWords().call;
  const other = call.kind === 'direct' ? people.find(({ isSelf }) => !isSelf) : undefined;
  return (
    <section
      ref={surface}
      tabIndex={-1}
      aria-label={words.region}
      className={classNames(theme.kit, isFull ? style.stage : style.card)}
      data-theme={isFull ? 'dark' : undefined}
      data-call-phase={call.phase}
      data-call-kind={call.kind}
      data-connection={call.quality}
    >
      <div className={style.who}>
        {other ? <Avatar {...avatarOf(other.person)} size={isFull ? 136 : 72} /> : null}
        <div className={style.words}>
          <bdi className={classNames(style.name, theme.clip)}>{call.title}</bdi>
          <bdi className={classNames(style.state, theme.clip)}>{call.stateText}</bdi>
        </div>
      </div>
      <UnseenPeople people={people} />
      {children}
    </section>
  );
}
