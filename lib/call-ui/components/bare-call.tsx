import type { ReactNode } from 'react';
import type { CallParticipant, CallSummary } from '../view-models';
import style from './bare-call.module.css';
import { CallBar } from './call-bar';
import { classNames } from './class-names';
import theme from './theme.module.css';
import { UnseenPerson } from './unseen-person';
import { useKeptFocus } from './use-kept-focus';

type BareCallProps = {
  call: CallSummary;
  people: CallParticipant[];
  toolbar: ReactNode;
  /** In CSS pixels; null fills the window. */
  height: number | null;
};

/** A call whose stage is still being loaded: its name, its length and its controls. */
export function BareCall({ call, people, toolbar, height }: BareCallProps) {
  const surface = useKeptFocus<HTMLElement>();
  return (
    <section
      ref={surface}
      tabIndex={-1}
      aria-label="Call"
      className={classNames(theme.kit, style.call, height === null && style.full)}
      style={height === null ? undefined : { height }}
      data-theme={height === null ? 'dark' : undefined}
      data-call-phase={call.phase}
      data-call-kind={call.kind}
      data-connection={call.quality}
    >
      <CallBar call={call} people={people} place="dock" />
      <ul className={theme.hidden} aria-label="In this call">
        {people.map((participant) => (
          <UnseenPerson key={participant.person.id} participant={participant} />
        ))}
      </ul>
      {toolbar}
    </section>
  );
}
