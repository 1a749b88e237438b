'use client';
import { isVisible, limits } from '@parley/call-protocol';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useLongPress } from '../hooks/use-long-press';
import type { IncomingCallProps } from '../slots';
import type { ButtonProps } from '../view-models';
import type { FirstWords } from '../words/ready-words';
import { useFirstWords } from '../words/words-context';
import { Button } from './button';
import { classNames } from './class-names';
import field from './field.module.css';
import { MessageIcon } from './icons';
import style from './reply-panel.module.css';

const choicesIn = ({ incoming }: FirstWords) => [
  { label: incoming.inTenMinutes, text: incoming.inTenMinutesMessage, callBackInMinutes: 10 },
  { label: incoming.textMe, text: incoming.textMeMessage },
];

export type ReplyMenu = {
  isOpen: boolean;
  /** For the arrow that opens and closes the choices. */
  toggleProps: ButtonProps & { 'aria-expanded': boolean; 'aria-controls': string };
  /** Decline, which a long press and the arrow-down key turn into the choices. */
  declineProps: ButtonProps & { onKeyDown?: (event: KeyboardEvent) => void };
  panelId: string;
  first: RefObject<HTMLButtonElement | null>;
};

/** The state of Reply with a message beside a window's Decline. */
export function useReplyMenu({ reply, declineProps }: IncomingCallProps): ReplyMenu {
  const [isOpen, setOpen] = useState(false);
  const panelId = useId();
  const first = useRef<HTMLButtonElement>(null);
  const hold = useLongPress(() => setOpen(true));
  const words = useFirstWords();
  useEffect(() => {
    if (isOpen) first.current?.focus();
  }, [isOpen]);
  const toggleProps = {
    type: 'button' as const,
    'aria-label': words.incoming.reply,
    'aria-expanded': isOpen,
    'aria-controls': panelId,
    onClick: () => setOpen(!isOpen),
  };
  if (!reply) return { isOpen: false, toggleProps, declineProps, panelId, first };
  return {
    isOpen,
    toggleProps,
    panelId,
    first,
    declineProps: {
      ...declineProps,
      ...hold.props,
      onClick: () => {
        if (!hold.hasFired()) declineProps.onClick();
      },
      onKeyDown: (event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        setOpen(true);
      },
    },
  };
}

/** What a ring can be answered with instead of a call: two ready sentences, or the person's own words. */
export function ReplyPanel({ menu, props }: { menu: ReplyMenu; props: IncomingCallProps }) {
  const { reply, canPromiseCallBack = true } = props;
  const [text, setText] = useState('');
  const words = useFirstWords();
  if (!reply) return null;
  const choices = choicesIn(words).filter((choice) => canPromiseCallBack || !('callBackInMinutes' in choice));
  const canSend = isVisible(text) && text.trim().length <= limits.message;
  return (
    <div id={menu.panelId} className={style.panel} hidden={!menu.isOpen}>
      {choices.map(({ label, ...message }, index) => (
        <Button
          key={label}
          {...(index === 0 ? { ref: menu.first } : {})}
          tone="soft"
          onClick={() => reply(message)}
        >
          {label}
        </Button>
      ))}
      <form
        className={style.own}
        onSubmit={(event) => {
          event.preventDefault();
          if (canSend) reply({ text: text.trim() });
        }}
      >
        <input
          className={classNames(field.field, style.words)}
          aria-label={words.incoming.ownReply}
          placeholder={words.incoming.ownWords}
          dir="auto"
          autoComplete="off"
          enterKeyHint="send"
          maxLength={limits.message}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className={style.send} aria-label={words.incoming.send} disabled={!canSend}>
          <MessageIcon size={18} />
        </button>
      </form>
    </div>
  );
}
