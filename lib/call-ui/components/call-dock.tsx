'use client';
import { memo } from 'react';
import { useIsHidden, useSlot } from '../slot-context';
import type { CallDockProps } from '../slots';
import type { CallParticipant } from '../view-models';
import { secondsLeft } from '../words';
import { Button } from './button';
import { CallBar } from './call-bar';
import style from './call-dock.module.css';
import { classNames } from './class-names';
import { ConnectionBanner } from './connection-banner';
import { ExpandIcon } from './icons';
import { isAway, lastOneMissing } from './participant-presence';
import { PeopleMenu } from './people-menu';
import { RejoinRing } from './rejoin-ring';
import { SteadyTile } from './steady-tile';
import theme from './theme.module.css';
import { UnseenPerson } from './unseen-person';
import { useKeptFocus } from './use-kept-focus';
import { useWithoutSpeech } from './use-without-speech';

/** The one whose return the call waits for, and how long it will. */
export function Countdown({ participant }: { participant: CallParticipant }) {
  const name = <bdi>{participant.person.displayName}</bdi>;
  return (
    <div className={style.countdown} data-ring-state={participant.state}>
      <RejoinRing participant={participant} size={96} />
      <div className={style.countdownWords}>
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

type DockBarProps = Pick<CallDockProps, 'call' | 'people' | 'expand' | 'openPictureInPicture'>;

const DockBar = memo(function DockBar({ call, people, expand, openPictureInPicture }: DockBarProps) {
  return (
    <CallBar call={call} people={people} place="dock" openPictureInPicture={openPictureInPicture}>
      <PeopleMenu people={people} />
      <Button
        tone="quiet"
        size="icon"
        aria-label="Full window"
        title="Full window"
        icon={<ExpandIcon />}
        onClick={expand}
      />
    </CallBar>
  );
});

/**
 * The call above its conversation: as high in every phase, so that nothing beneath it moves.
 *
 * @example
 * <CallDock {...{ call, people, notices, toolbar, expand }} openPictureInPicture={null} />
 */
export function CallDock({ call, people, notices, toolbar, openPictureInPicture, expand }: CallDockProps) {
  const Banner = useSlot('ConnectionBanner', ConnectionBanner);
  const surface = useKeptFocus<HTMLElement>();
  const missing = lastOneMissing(people);
  const silent = useWithoutSpeech(people);
  const [notice] = useIsHidden('ConnectionBanner') ? [] : notices;
  // Before the first callee answers, the caller's own tile without a camera carries no information.
  const shown = missing ? people.filter((who) => !who.isSelf || who.camera || who.screen) : people;
  return (
    <section
      ref={surface}
      tabIndex={-1}
      aria-label="Call"
      className={classNames(theme.kit, style.dock, call.phase === 'reconnecting' && style.away)}
      data-call-phase={call.phase}
      data-call-kind={call.kind}
      data-connection={call.quality}
      data-crowd={people.length > 10 ? 'many' : people.length > 5 || people.some(isAway) ? 'some' : undefined}
      data-has-notice={notice ? true : undefined}
    >
      {notice ? <Banner notice={notice} /> : null}
      <DockBar call={call} people={silent} expand={expand} openPictureInPicture={openPictureInPicture} />
      <ul className={style.people} aria-label="In this call">
        {shown.map((participant) => (
          <li
            key={participant.person.id}
            className={style.person}
            aria-label={participant.person.displayName}
          >
            {participant === missing ? (
              <Countdown participant={participant} />
            ) : (
              <>
                <SteadyTile participant={participant} size="dock" source="camera" />
                {participant.screen ? (
                  <SteadyTile participant={participant} size="dock" source="screen" />
                ) : null}
              </>
            )}
          </li>
        ))}
        {people
          .filter((participant) => !shown.includes(participant))
          .map((participant) => (
            <UnseenPerson key={participant.person.id} participant={participant} />
          ))}
      </ul>
      {toolbar}
    </section>
  );
}
