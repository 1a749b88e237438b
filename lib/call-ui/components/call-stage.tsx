'use client';
import { type CSSProperties, useRef, useState } from 'react';
import { useSlot } from '../slot-context';
import type { CallStageProps } from '../slots';
import { Countdown } from './call-dock';
import style from './call-stage.module.css';
import { classNames } from './class-names';
import { ConnectionBanner } from './connection-banner';
import { lastOneMissing } from './participant-presence';
import { gridColumns, inFocus, inTheirPlaces, peopleOnStage } from './stage-layout';
import { StageBar, StageChat, StageFoot } from './stage-parts';
import { SteadyTile } from './steady-tile';
import theme from './theme.module.css';
import { useKeptFocus } from './use-kept-focus';
import { useWithoutSpeech } from './use-without-speech';

/**
 * The call in the whole window, dark in both themes: one in focus with the others beside, or all alike.
 *
 * @example
 * <CallStage {...{ call, people, notices, toolbar, layout, setLayout, collapse, isNarrow }} />
 */
export function CallStage(props: CallStageProps) {
  const { call, people, notices, toolbar, layout, setLayout, collapse, isNarrow, openPictureInPicture } =
    props;
  const chat = isNarrow ? null : (props.chat ?? null);
  const Banner = useSlot('ConnectionBanner', ConnectionBanner);
  const surface = useKeptFocus<HTMLElement>();
  const chatToggle = useRef<HTMLButtonElement>(null);
  const [lastSpeakerId, setLastSpeakerId] = useState<string | null>(null);
  const speaker = people.find((who) => who.isSpeaking && !who.isSelf);
  // The last speaker stays in the middle until another participant speaks.
  if (
    speaker &&
    speaker.person.id !== lastSpeakerId &&
    !people.some((w) => w.isSpeaking && w.person.id === lastSpeakerId)
  )
    setLastSpeakerId(speaker.person.id);

  const places = useRef<string[]>([]);
  const shown = inTheirPlaces(places.current, peopleOnStage(people));
  places.current = shown.map((who) => who.person.id);
  const hasScreen = shown.some((who) => who.screen !== null);
  // A phone has no room for a choice: all alike, unless there is a screen to look at.
  const isFocused = isNarrow ? hasScreen : layout === 'focus';
  const focus = isFocused && shown.length > 1 ? inFocus(shown, lastSpeakerId) : null;
  const sharers = focus ? [] : shown.filter((who) => who.screen !== null);
  const strip = focus?.source === 'camera' ? shown.filter((who) => who !== focus.participant) : shown;
  const count = strip.length + sharers.length;
  const columns = gridColumns(count, isNarrow);
  const missing = lastOneMissing(people);
  const silent = useWithoutSpeech(people);

  return (
    <section
      ref={surface}
      tabIndex={-1}
      aria-label="Call"
      className={classNames(theme.kit, style.stage, isNarrow && style.narrow)}
      data-theme="dark"
      data-call-phase={call.phase}
      data-call-kind={call.kind}
      data-connection={call.quality}
      data-chat={chat?.isOpen || undefined}
    >
      <StageBar
        call={call}
        people={silent}
        isNarrow={isNarrow}
        layout={layout}
        setLayout={setLayout}
        collapse={collapse}
        openPictureInPicture={openPictureInPicture ?? null}
      />
      <div className={style.middle}>
        {notices.length > 0 ? (
          <div className={style.notices}>
            {notices.slice(0, 2).map((notice) => (
              <Banner key={notice.id} notice={notice} />
            ))}
          </div>
        ) : null}
        {missing ? (
          <div className={style.missing}>
            <Countdown participant={missing} />
          </div>
        ) : null}
        <div className={focus ? style.focus : style.whole} data-dense={count > 9 || undefined}>
          {focus ? (
            <div className={style.main}>
              {focus.source === 'camera' ? (
                <ul className={style.one} aria-label="In focus">
                  <li className={style.item} aria-label={focus.participant.person.displayName}>
                    <SteadyTile participant={focus.participant} size="tile" source="camera" />
                  </li>
                </ul>
              ) : (
                <SteadyTile participant={focus.participant} size="tile" source="screen" />
              )}
            </div>
          ) : null}
          <ul
            className={focus ? style.strip : style.grid}
            aria-label="In this call"
            style={focus ? undefined : ({ '--k-columns': columns } as CSSProperties)}
          >
            {sharers.map((participant) => (
              <li
                key={`screen ${participant.person.id}`}
                className={style.item}
                aria-label={`Screen of ${participant.person.displayName}`}
              >
                <SteadyTile participant={participant} size="tile" source="screen" />
              </li>
            ))}
            {strip.map((participant) => (
              <li
                key={participant.person.id}
                className={style.item}
                aria-label={participant.person.displayName}
              >
                <SteadyTile participant={participant} size={focus ? 'strip' : 'tile'} source="camera" />
              </li>
            ))}
          </ul>
        </div>
      </div>
      {chat?.isOpen ? <StageChat chat={chat} toggle={chatToggle} /> : null}
      <StageFoot people={silent} toolbar={toolbar} chat={chat} chatToggle={chatToggle} isNarrow={isNarrow} />
    </section>
  );
}
