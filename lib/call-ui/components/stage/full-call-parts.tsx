'use client';
import { memo, type ReactNode, type Ref, type RefObject } from 'react';
import { useSlot } from '../../slot-context';
import type { CallStageChat, CallStageProps } from '../../slots';
import type { CallParticipant } from '../../view-models';
import { useWords } from '../../words/use-words';
import { Button } from '../button';
import { CallBar } from '../call-bar';
import { CloseIcon, CollapseIcon } from '../call-icons';
import { MessageIcon } from '../icons';
import { PeopleMenu } from '../people-menu';
import style from './full-call.module.css';

/** Opens and closes the conversation beside the call. */
function ChatToggle({ chat, ref }: { chat: CallStageChat; ref: Ref<HTMLButtonElement> }) {
  const words = useWords().chat;
  const count = chat.isOpen ? 0 : chat.unreadCount;
  return (
    <Button
      ref={ref}
      tone={chat.isOpen ? 'soft' : 'quiet'}
      size="iconLg"
      aria-label={count > 0 ? words.unread({ count }) : words.title}
      aria-pressed={chat.isOpen}
      title={words.title}
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

type StageBarProps = Pick<
  CallStageProps,
  'call' | 'people' | 'isNarrow' | 'collapse' | 'openPictureInPicture' | 'openSoundCheck'
> & {
  /** Over the picture of a phone held sideways. */
  isAside: boolean;
};

/** The top of the full window: how long and with whom, and the way back. */
export const StageBar = memo(function StageBar(props: StageBarProps) {
  const { call, people, isNarrow, isAside, collapse, openPictureInPicture } = props;
  const { bar } = useWords();
  const Bar = useSlot('CallBar', CallBar);
  const People = useSlot('PeopleMenu', PeopleMenu);
  return (
    <Bar
      call={call}
      people={people}
      place={isNarrow ? 'narrow' : 'full'}
      isAside={isAside}
      openPictureInPicture={openPictureInPicture}
      openSoundCheck={props.openSoundCheck}
      back={isNarrow ? collapse : null}
    >
      {isNarrow ? (
        <People people={people} isLarge />
      ) : (
        <Button tone="quiet" size="icon" aria-label={bar.back} icon={<CollapseIcon />} onClick={collapse} />
      )}
    </Bar>
  );
});

/** The conversation beside the call. */
export const StageChat = memo(function StageChat({
  chat,
  toggle,
}: {
  chat: CallStageChat;
  toggle: RefObject<HTMLButtonElement | null>;
}) {
  const words = useWords().chat;
  return (
    <aside className={style.chat} aria-label={words.title}>
      <div className={style.chatHead}>
        <h2 className={style.chatTitle}>{words.title}</h2>
        <Button
          tone="quiet"
          size="icon"
          aria-label={words.close}
          icon={<CloseIcon />}
          onClick={() => {
            chat.toggle();
            toggle.current?.focus();
          }}
        />
      </div>
      <div className={style.chatBody} data-call-host>
        {chat.content}
      </div>
    </aside>
  );
});

type StageFootProps = {
  people: CallParticipant[];
  toolbar: ReactNode;
  chat: CallStageChat | null;
  chatToggle: Ref<HTMLButtonElement>;
  isNarrow: boolean;
};

/** The controls, and in the corner people and chat. */
export const StageFoot = memo(function StageFoot(props: StageFootProps) {
  const { people, toolbar, chat, chatToggle, isNarrow } = props;
  const People = useSlot('PeopleMenu', PeopleMenu);
  return (
    <div className={style.foot}>
      {toolbar}
      {isNarrow ? null : (
        <div className={style.corner}>
          <People people={people} isLarge />
          {chat ? <ChatToggle ref={chatToggle} chat={chat} /> : null}
        </div>
      )}
    </div>
  );
});
