'use client';
import { useIsHidden, useSlot } from '../slot-context';
import type { OutgoingCallProps } from '../slots';
import { useWords } from '../words/use-words';
import { Button } from './button';
import { CallBar } from './call-bar';
import { ExpandIcon } from './call-icons';
import { classNames } from './class-names';
import { ConnectionBanner } from './connection-banner';
import style from './outgoing-call.module.css';
import { ParticipantTile } from './participant-tile';
import { RingCard } from './ring-card';
import theme from './theme.module.css';
import { UnseenPerson } from './unseen-person';
import { useKeptFocus } from './use-kept-focus';

/**
 * The caller's screen until the first callee answers: one face in a direct call, a card per callee in a
 * group. On a phone it fills the screen and is dark in both themes.
 */
export function OutgoingCall(props: OutgoingCallProps) {
  const { call, people, phase, children, notices = [], isNarrow = false, collapse, expand } = props;
  const Bar = useSlot('CallBar', CallBar);
  const Tile = useSlot('ParticipantTile', ParticipantTile);
  const Card = useSlot('RingCard', RingCard);
  const Banner = useSlot('ConnectionBanner', ConnectionBanner);
  const surface = useKeptFocus<HTMLElement>();
  const { bar, call: words } = useWords();
  const isGroup = call.kind === 'group';
  const [notice] = useIsHidden('ConnectionBanner') ? [] : notices;
  return (
    <section
      ref={surface}
      tabIndex={-1}
      aria-label={words.region}
      className={classNames(theme.kit, style.call, isGroup && style.group, isNarrow && style.narrow)}
      data-call-phase={phase}
      data-call-kind={call.kind}
      data-has-notice={notice ? true : undefined}
      {...(isNarrow ? { 'data-theme': 'dark' } : {})}
    >
      {notice ? <Banner notice={notice} /> : null}
      <Bar
        call={call}
        people={people}
        place={isNarrow ? 'narrow' : 'dock'}
        openPictureInPicture={props.openPictureInPicture}
        back={isNarrow ? collapse : null}
      >
        {expand && !isNarrow ? (
          <Button
            tone="quiet"
            size="icon"
            aria-label={bar.fullWindow}
            icon={<ExpandIcon />}
            onClick={expand}
          />
        ) : null}
      </Bar>
      <ul className={style.people} aria-label={words.people}>
        {people
          .filter((participant) => !participant.isSelf)
          .map((participant) => (
            <li
              key={participant.person.id}
              className={style.item}
              aria-label={participant.person.displayName}
            >
              {isGroup ? (
                <Card participant={participant} />
              ) : (
                <Tile participant={participant} size="dock" source="camera" />
              )}
            </li>
          ))}
        {people
          .filter((participant) => participant.isSelf)
          .map((participant) => (
            <UnseenPerson key={participant.person.id} participant={participant} />
          ))}
      </ul>
      {children}
    </section>
  );
}
