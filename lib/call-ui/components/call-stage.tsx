'use client';
import { type CSSProperties, type Ref, useRef, useState } from 'react';
import { useSlot } from '../slot-context';
import type { CallStageChat, CallStageProps } from '../slots';
import { Button } from './button';
import { CallBar } from './call-bar';
import { Countdown } from './call-dock';
import style from './call-stage.module.css';
import { classNames } from './class-names';
import { ConnectionBanner } from './connection-banner';
import { CloseIcon, CollapseIcon, DownIcon, FocusLayoutIcon, GridLayoutIcon, MessageIcon } from './icons';
import { ParticipantTile } from './participant-tile';
import { PeopleMenu } from './people-menu';
import { gridColumns, inFocus, inTheirPlaces, peopleOnStage } from './stage-layout';
import theme from './theme.module.css';
import { useKeptFocus } from './use-kept-focus';
import { lastOneMissing } from './who-is-here';

const layouts = [
  { id: 'focus', label: 'Focus', Icon: FocusLayoutIcon },
  { id: 'grid', label: 'Grid', Icon: GridLayoutIcon },
] as const;

/** Opens and closes the conversation beside the call. */
function ChatToggle({ chat, ref }: { chat: CallStageChat; ref: Ref<HTMLButtonElement> }) {
  const count = chat.isOpen ? 0 : chat.unreadCount;
  return (
    <Button
      ref={ref}
      tone={chat.isOpen ? 'soft' : 'quiet'}
      size="iconLg"
      aria-label={count > 0 ? `Chat, ${count} unread` : 'Chat'}
      aria-pressed={chat.isOpen}
      title="Chat"
      icon={<MessageIcon />}
      onClick={chat.toggle}
    >
      {count > 0 ? (
        <span className={style.count} aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      ) : null}
    </Button>
  );
}

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
  const Tile = useSlot('ParticipantTile', ParticipantTile);
  const Banner = useSlot('ConnectionBanner', ConnectionBanner);
  const surface = useKeptFocus<HTMLElement>();
  const chatToggle = useRef<HTMLButtonElement>(null);
  const [lastSpeakerId, setLastSpeakerId] = useState<string | null>(null);
  const speaker = people.find((who) => who.isSpeaking && !who.isSelf);
  // Whoever spoke last stays in the middle until another one speaks.
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
      <CallBar
        call={call}
        people={people}
        place={isNarrow ? 'narrow' : 'full'}
        openPictureInPicture={openPictureInPicture}
        back={
          isNarrow ? (
            <Button
              tone="quiet"
              size="iconLg"
              aria-label="Back to the conversation"
              icon={<DownIcon size={24} />}
              onClick={collapse}
            />
          ) : null
        }
        layout={
          isNarrow ? null : (
            <div role="radiogroup" aria-label="Layout" className={style.layouts}>
              {layouts.map(({ id, label, Icon }) => (
                // biome-ignore lint/a11y/useSemanticElements: a radio cannot carry the icon and its focus ring
                <button
                  key={id}
                  type="button"
                  role="radio"
                  aria-checked={layout === id}
                  className={style.layout}
                  onClick={() => setLayout(id)}
                >
                  <Icon size={18} />
                  {label}
                </button>
              ))}
            </div>
          )
        }
      >
        {isNarrow ? (
          <PeopleMenu people={people} isLarge />
        ) : (
          <Button
            tone="quiet"
            size="icon"
            aria-label="Back to the conversation"
            title="Back to the conversation"
            icon={<CollapseIcon />}
            onClick={collapse}
          />
        )}
      </CallBar>
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
                    <Tile participant={focus.participant} size="tile" source="camera" />
                  </li>
                </ul>
              ) : (
                <Tile participant={focus.participant} size="tile" source="screen" />
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
                <Tile participant={participant} size="tile" source="screen" />
              </li>
            ))}
            {strip.map((participant) => (
              <li
                key={participant.person.id}
                className={style.item}
                aria-label={participant.person.displayName}
              >
                {Tile ? (
                  <Tile participant={participant} size={focus ? 'strip' : 'tile'} source="camera" />
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      </div>
      {chat?.isOpen ? (
        <aside className={style.chat} aria-label="Chat">
          <div className={style.chatHead}>
            <h2 className={style.chatTitle}>Chat</h2>
            <Button
              tone="quiet"
              size="icon"
              aria-label="Close chat"
              title="Close chat"
              icon={<CloseIcon />}
              onClick={() => {
                chat.toggle();
                chatToggle.current?.focus();
              }}
            />
          </div>
          <div className={style.chatBody} data-call-host>
            {chat.content}
          </div>
        </aside>
      ) : null}
      <div className={style.foot}>
        {toolbar}
        {isNarrow ? null : (
          <div className={style.corner}>
            <PeopleMenu people={people} isLarge />
            {chat ? <ChatToggle ref={chatToggle} chat={chat} /> : null}
          </div>
        )}
      </div>
    </section>
  );
}
