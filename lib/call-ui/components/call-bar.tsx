import type { CallBarProps } from '../slots';
import type { CallSummary, ConnectionQuality } from '../view-models';
import { formatDuration } from '../words/text';
import { useWords } from '../words/use-words';
import { Avatar } from './avatar';
import { Button } from './button';
import style from './call-bar.module.css';
import { PictureInPictureIcon } from './call-icons';
import { classNames } from './class-names';
import { DownIcon } from './icons';
import { headCount, isRung, lastOneMissing } from './participant-presence';
import { QualityBars, qualityText } from './quality-bars';
import theme from './theme.module.css';

/** The ticking length of a call; green while I am connected. */
export function Timer({ call, isWaiting = false }: { call: CallSummary; isWaiting?: boolean }) {
  if (call.durationMs === null || call.phase === 'outgoing' || call.phase === 'connecting') return null;
  return (
    <span
      role="timer"
      translate="no"
      className={style.timer}
      data-connected={(call.phase === 'connected' && !isWaiting) || undefined}
    >
      {formatDuration(call.durationMs)}
    </span>
  );
}

type QualityProps = Pick<CallBarProps, 'openSoundCheck'> & { quality: ConnectionQuality; words: string };

/** Bars and words; pressed, they look for the reason that one participant does not hear another. */
function Quality({ quality, words, openSoundCheck }: QualityProps) {
  const { bar } = useWords();
  const content = (
    <>
      <QualityBars quality={quality} /> {words}
    </>
  );
  if (!openSoundCheck)
    return (
      <span className={style.sub} data-connection={quality}>
        {content}
      </span>
    );
  return (
    <button
      type="button"
      title={bar.soundCheck}
      className={classNames(style.sub, style.check)}
      data-connection={quality}
      onClick={openSoundCheck}
    >
      {content}
    </button>
  );
}

/** The top line of a call: how long, with whom, how well connected. */
export function CallBar(props: CallBarProps) {
  const { call, people, place, isAside = false, openPictureInPicture, back, children } = props;
  // The name stands on the picture or in the conversation's header.
  const isShort = isAside || props.isBar;
  const words = useWords();
  const isOutgoing = call.phase === 'outgoing';
  const isGroup = call.kind === 'group';
  const isWaiting = lastOneMissing(people) !== null;
  const quality = call.phase === 'connected' && !isWaiting ? qualityText(words, call.quality) : '';
  const other = people.find((who) => !who.isSelf);
  const title = <bdi className={theme.clip}>{call.title}</bdi>;
  const ringing = people.filter((who) => !who.isSelf && isRung(who)).map((who) => who.person.displayName);
  const rung = ringing.length > 0 ? words.list.all({ names: ringing }) : call.title;
  const hasOthers = people.some((who) => !who.isSelf && who.state === 'in_call');
  const sub = isOutgoing
    ? isGroup && !hasOthers
      ? words.bar.nobodyYet
      : ''
    : isGroup
      ? headCount(people, words)
      : '';
  return (
    <div className={classNames(style.bar, style[place], isAside && style.aside)} data-call-bar>
      {back ? (
        <Button
          tone="quiet"
          size="iconLg"
          aria-label={words.bar.back}
          icon={<DownIcon size={24} />}
          onClick={back}
        />
      ) : null}
      {place === 'full' ? (
        <Avatar
          id={(isGroup ? call.conversationId : other?.person.id) ?? call.title}
          name={call.title}
          pictureUrl={isGroup ? null : (other?.person.avatarUrl ?? null)}
          hue={isGroup ? call.hue : other?.person.hue}
          size={36}
          shape={isGroup ? 'group' : 'person'}
        />
      ) : null}
      <div className={style.words}>
        {props.isBar && call.phase === 'reconnecting' ? (
          // The notice that says so has no room there, and neither has the time beside it.
          <span className={style.reconnecting}>{words.person.state.rejoining}</span>
        ) : isOutgoing ? (
          <span className={style.state}>
            <span className={style.verb}>{words.bar.calling}</span>{' '}
            {isGroup ? <bdi className={theme.clip}>{rung}</bdi> : title}
            <span>…</span>
          </span>
        ) : isGroup ? (
          <span className={style.state}>
            {/* First in the dock, as in a direct call: beside a picture it stands above the title. */}
            {place === 'dock' ? <Timer call={call} isWaiting={isWaiting} /> : null}
            {props.isBar ? null : title}
            {place === 'full' ? <Timer call={call} isWaiting={isWaiting} /> : null}
            {call.phase === 'connecting' || call.phase === 'reconnecting' ? (
              <span>{call.stateText}</span>
            ) : null}
          </span>
        ) : (
          <span className={style.state}>
            <Timer call={call} isWaiting={isWaiting} />
            {isShort && call.phase === 'connected' ? null : (
              <bdi className={theme.clip}>{call.stateText}</bdi>
            )}
          </span>
        )}
        {/* Before the number of people, which changes more often. */}
        {quality && place !== 'narrow' ? (
          <Quality quality={call.quality} words={quality} openSoundCheck={props.openSoundCheck} />
        ) : null}
        {sub || (isGroup && place === 'narrow') ? (
          <span className={style.sub}>
            {place === 'narrow' && isGroup ? <Timer call={call} isWaiting={isWaiting} /> : null}
            <span>{sub}</span>
          </span>
        ) : null}
      </div>
      <div className={style.end}>
        {openPictureInPicture ? (
          <Button
            tone="quiet"
            size={place === 'narrow' ? 'iconLg' : 'icon'}
            aria-label={words.bar.pictureInPicture}
            icon={<PictureInPictureIcon />}
            onClick={openPictureInPicture}
          />
        ) : null}
        {children}
      </div>
    </div>
  );
}
