'use client';
import { memo, type ReactNode, type Ref, type RefObject } from 'react';
import type { CallStageChat, CallStageProps } from '../slots';
import type { CallParticipant } from '../view-models';
import { Button } from './button';
import { CallBar } from './call-bar';
import style from './call-stage.module.css';
import { CloseIcon, CollapseIcon, FocusLayoutIcon, GridLayoutIcon, MessageIcon } from './icons';
import { PeopleMenu } from './people-menu';

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

type StageBarProps = Pick<
  CallStageProps,
  'call' | 'people' | 'isNarrow' | 'layout' | 'setLayout' | 'collapse' | 'openPictureInPicture'
>;

/** The top of the full window: how long and with whom, the layout, and the way back. */
export const StageBar = memo(function StageBar(props: StageBarProps) {
  const { call, people, isNarrow, layout, setLayout, collapse, openPictureInPicture } = props;
  return (
    <CallBar
      call={call}
      people={people}
      place={isNarrow ? 'narrow' : 'full'}
      openPictureInPicture={openPictureInPicture}
      back={isNarrow ? collapse : null}
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
  return (
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
  return (
    <div className={style.foot}>
      {toolbar}
      {isNarrow ? null : (
        <div className={style.corner}>
          <PeopleMenu people={people} isLarge />
          {chat ? <ChatToggle ref={chatToggle} chat={chat} /> : null}
        </div>
      )}
    </div>
  );
});
