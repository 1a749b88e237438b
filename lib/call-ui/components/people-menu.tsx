'use client';
import { Popover } from '@base-ui/react/popover';
import { type ReactNode, useRef } from 'react';
import { mostVolume } from '../preferences';
import type { PeopleMenuProps } from '../slots';
import type { CallParticipant } from '../view-models';
import { useWords } from '../words/use-words';
import { Avatar, avatarOf } from './avatar';
import button from './button.module.css';
import { HandIcon, MicrophoneIcon, PeopleIcon, ScreenIcon } from './call-icons';
import { classNames } from './class-names';
import { isAway, isPresent } from './participant-presence';
import style from './people-menu.module.css';
import popover from './popover.module.css';
import { RingButton } from './ring-button';
import theme from './theme.module.css';

type VolumeProps = { label: string; icon?: ReactNode; value: number; change: (value: number) => void };

function Volume({ label, icon, value, change }: VolumeProps) {
  const { tile } = useWords();
  const percent = tile.percent({ percent: value });
  return (
    <span className={style.volumeLine}>
      {icon}
      <input
        type="range"
        min={0}
        max={mostVolume}
        step={5}
        className={style.volume}
        aria-label={label}
        aria-valuetext={percent}
        value={value}
        onChange={(event) => change(Number(event.target.value))}
      />
      <span className={style.percent} aria-hidden="true">
        {percent}
      </span>
    </span>
  );
}

function Row({ participant }: { participant: CallParticipant }) {
  const { person, isSelf } = participant;
  const name = person.displayName;
  const { call, people, person: words, tile } = useWords();
  const hand = participant.handPlace === null ? '' : tile.handRaised({ place: participant.handPlace });
  const silence = !participant.hasMicrophone ? call.noMicrophone : participant.isMuted ? tile.muted : '';
  const state = participant.stateText || hand || silence;
  return (
    <li className={style.row} aria-label={person.displayName} data-ring-state={participant.state}>
      <Avatar {...avatarOf(person)} size={36} isDim={isAway(participant)} />
      <span className={style.words}>
        <span className={style.name}>
          <bdi className={theme.clip}>{isSelf ? words.self({ name }) : name}</bdi>
          {hand ? <HandIcon size={16} /> : null}
          {participant.isMuted && isPresent(participant) ? (
            <MicrophoneIcon isOn={false} isMissing={!participant.hasMicrophone} size={16} />
          ) : null}
        </span>
        {state ? <span className={style.state}>{state}</span> : null}
      </span>
      {isPresent(participant) && !isSelf ? (
        <span className={style.volumes}>
          <Volume label={people.volume({ name })} value={participant.volume} change={participant.setVolume} />
          {participant.screen ? (
            <Volume
              label={people.screenVolume({ name })}
              icon={<ScreenIcon size={16} />}
              value={participant.screenVolume}
              change={participant.setScreenVolume}
            />
          ) : null}
        </span>
      ) : null}
      <RingButton participant={participant} />
    </li>
  );
}

/** Everyone the call concerns, with how loud each is on this device and a way to ring those who are missing. */
export function PeopleMenu({ people, isLarge = false }: PeopleMenuProps) {
  const frame = useRef<HTMLSpanElement>(null);
  const { title } = useWords().people;
  return (
    <span ref={frame} className={classNames(theme.kit, style.frame)}>
      <Popover.Root>
        <Popover.Trigger
          aria-label={title}
          title={title}
          className={classNames(button.button, button.quiet, isLarge ? button.iconLg : button.icon)}
        >
          <PeopleIcon />
        </Popover.Trigger>
        <Popover.Portal container={frame}>
          <Popover.Positioner className={popover.positioner} sideOffset={8} collisionPadding={12}>
            <Popover.Popup aria-label={title} className={classNames(theme.kit, popover.popup, style.popup)}>
              <ul className={style.list}>
                {people.map((participant) => (
                  <Row key={participant.person.id} participant={participant} />
                ))}
              </ul>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </span>
  );
}
