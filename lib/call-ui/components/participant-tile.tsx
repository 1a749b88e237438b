'use client';
import { type CSSProperties, useState } from 'react';
import type { ParticipantTileProps } from '../slots';
import type { CallParticipant } from '../view-models';
import type { Words } from '../words/ready-words';
import { secondsLeft } from '../words/text';
import { useWords } from '../words/use-words';
import { Avatar, avatarOf } from './avatar';
import { HandIcon, MicrophoneIcon } from './call-icons';
import { classNames } from './class-names';
import { isAway, isPresent, isRung } from './participant-presence';
import style from './participant-tile.module.css';
import { QualityBars, qualityText } from './quality-bars';
import { reactionSigns } from './reaction-signs';
import { RejoinRing } from './rejoin-ring';
import { RingButton } from './ring-button';
import { ScreenView } from './stage/screen-view';
import theme from './theme.module.css';
import { TileFoot } from './tile-foot';
import { VideoView } from './video-view';

const avatarSize = { dock: 80, strip: 44, tile: 112 } as const;

/** What a tile shows besides the name: ring state, countdown, a weak connection. */
function stateWords(who: CallParticipant, { tile }: Words): string {
  if (who.state === 'rejoining' && who.rejoinMsLeft !== null)
    return tile.waiting({ seconds: secondsLeft(who.rejoinMsLeft) });
  return who.stateText;
}

function Face({
  participant,
  size,
  isRinged = false,
}: {
  participant: CallParticipant;
  size: number;
  isRinged?: boolean;
}) {
  const { person } = participant;
  if (participant.state === 'rejoining')
    return (
      <span className={style.rejoining}>
        <RejoinRing participant={participant} size={size + 16} />
      </span>
    );
  return (
    <Avatar
      {...avatarOf(person)}
      size={size}
      isDim={isAway(participant) || participant.quality === 'lost'}
      hasRings={isRung(participant)}
      isSpeaking={isRinged && participant.isSpeaking}
    />
  );
}

/** Why a participant who is in the call is not heard: muted, or without a microphone. */
function microphoneMark(participant: CallParticipant, { call, tile }: Words) {
  if (!isPresent(participant) || !participant.isMuted) return null;
  const { hasMicrophone } = participant;
  return (
    <span className={hasMicrophone ? style.muted : style.missing}>
      <MicrophoneIcon isOn={false} isMissing={!hasMicrophone} size={14} />
      <span className={theme.hidden}>{hasMicrophone ? tile.muted : call.noMicrophone}</span>
    </span>
  );
}

const screenName = ({ isSelf, person }: CallParticipant, { tile }: Words) =>
  isSelf ? tile.ownScreen : tile.screen({ name: person.displayName });

/** One person in the call, or the screen they share. The list item around it carries their name. */
export function ParticipantTile(props: ParticipantTileProps) {
  const { participant, size, source } = props;
  const [aspect, setAspect] = useState(16 / 9);
  const { person } = participant;
  const words = useWords();
  const isScreen = source === 'screen';
  const video = isScreen ? participant.screen : participant.camera;
  const state = isScreen ? '' : stateWords(participant, words);
  const isWeak =
    !isScreen && state === '' && (participant.quality === 'weak' || participant.quality === 'lost');
  const label = isScreen
    ? screenName(participant, words)
    : participant.isSelf
      ? size === 'corner'
        ? words.tile.you
        : words.person.self({ name: person.displayName })
      : person.displayName;
  const data = {
    'data-ring-state': isPresent(participant) ? undefined : participant.state,
    'data-speaking': (!isScreen && participant.isSpeaking) || undefined,
    'data-muted': participant.isMuted || undefined,
    'data-no-microphone': !participant.hasMicrophone || undefined,
    'data-connection': participant.quality,
  };
  const muted = isScreen ? null : microphoneMark(participant, words);
  const hand =
    !isScreen && participant.handPlace !== null ? (
      <span className={style.hand}>
        <HandIcon size={14} />
        <span aria-hidden="true">{participant.handPlace}</span>
        <span className={theme.hidden}>{words.tile.handRaised({ place: participant.handPlace })}</span>
      </span>
    ) : null;
  // Screen readers have it from `GesturesShown`, which says who reacts.
  const reaction =
    !isScreen && participant.reaction ? (
      <span key={participant.reaction} className={style.reaction} aria-hidden="true">
        {reactionSigns[participant.reaction]}
      </span>
    ) : null;
  if (size === 'dock' && !video) {
    return (
      <div className={classNames(theme.kit, style.person)} {...data}>
        <span className={style.face}>
          <Face participant={participant} size={avatarSize.dock} isRinged />
          {hand ? <span className={classNames(style.badge, style.top)}>{hand}</span> : null}
          {muted ? <span className={style.badge}>{muted}</span> : null}
          {reaction}
        </span>
        <span className={style.words}>
          <span className={style.label}>
            <bdi className={style.name}>{label}</bdi>
          </span>
          {state ? <span className={style.state}>{state}</span> : null}
          {isWeak ? (
            <span className={style.state}>
              <QualityBars quality={participant.quality} /> {qualityText(words, participant.quality)}
            </span>
          ) : null}
        </span>
        <RingButton participant={participant} canStop={false} />
      </div>
    );
  }
  const shape: CSSProperties & Record<`--k-${string}`, string> = { '--k-aspect': String(aspect) };
  if (size === 'strip') {
    return (
      <div className={classNames(theme.kit, style.strip)} {...data}>
        <span className={style.portrait}>
          {video ? (
            <VideoView source={video} className={style.video} />
          ) : (
            <Face participant={participant} size={avatarSize.strip} isRinged />
          )}
          {muted ? <span className={style.badge}>{muted}</span> : null}
        </span>
        {hand ? <span className={classNames(style.badge, style.top)}>{hand}</span> : null}
        {reaction}
        <bdi className={theme.clip}>{participant.isSelf && !isScreen ? words.tile.you : label}</bdi>
      </div>
    );
  }
  return (
    <div className={classNames(theme.kit, style.tile, video && style.shaped)} style={shape} {...data}>
      {video && isScreen && size === 'tile' ? (
        <ScreenView
          source={video}
          onAspect={setAspect}
          popOut={props.popOut ?? null}
          stopSharing={props.stopSharing ?? null}
        />
      ) : video ? (
        <VideoView source={video} className={style.video} onAspect={setAspect} />
      ) : (
        <span className={style.middle}>
          <Face participant={participant} size={avatarSize.tile} />
          {isScreen ? null : <RingButton participant={participant} />}
        </span>
      )}
      {reaction}
      <TileFoot
        {...{ participant, size, isScreen, label, isWeak }}
        words={state}
        stopSharing={props.stopSharing ?? null}
        marks={
          <>
            {muted}
            {hand}
          </>
        }
      />
    </div>
  );
}
