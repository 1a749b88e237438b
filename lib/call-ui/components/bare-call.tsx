import type { ReactNode } from 'react';
import type { CallParticipant, CallSummary } from '../view-models';
import { formatDuration } from '../words/text';
import { useFirstWords } from '../words/words-context';
import style from './bare-call.module.css';
import { classNames } from './class-names';
import theme from './theme.module.css';
import { UnseenPeople } from './unseen-person';
import { useKeptFocus } from './use-kept-focus';

type BareCallProps = {
  call: CallSummary;
  people: CallParticipant[];
  /** The controls. */
  children: ReactNode;
  /** In CSS pixels, or as its place needs it; `full` fills the window. */
  height: number | 'auto' | 'full';
};

/** A call whose parts are still being loaded: its name, its length and its controls. */
export function BareCall({ call, people, children, height }: BareCallProps) {
  const surface = useKeptFocus<HTMLElement>();
  const words = useFirstWords().call;
  const isFull = height === 'full';
  return (
    <section
      ref={surface}
      tabIndex={-1}
      aria-label={words.region}
      className={classNames(theme.kit, style.call, isFull && style.full)}
      style={isFull ? undefined : { height }}
      data-theme={isFull ? 'dark' : undefined}
      data-call-phase={call.phase}
      data-call-kind={call.kind}
      data-connection={call.quality}
    >
      <p className={style.words}>
        <bdi className={theme.clip}>{call.title}</bdi>
        {call.phase === 'connected' && call.durationMs !== null ? (
          <span role="timer" translate="no">
            {formatDuration(call.durationMs)}
          </span>
        ) : (
          <bdi className={theme.clip}>{call.stateText}</bdi>
        )}
      </p>
      <UnseenPeople people={people} />
      {children}
    </section>
  );
}
