'use client';

import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type ConversationView, limits } from '@/lib/protocol';
import { IconButton } from '../../../_ui/button';
import { SendIcon } from '../../../_ui/icons';
import { keepDraft, readDraft } from '../../_store/drafts';
import { useCommunity, useCommunityStore } from '../../_store/hooks';
import { titleOf } from '../../_store/titles';
import css from './conversation.module.css';

/** Enter sends, Shift and Enter makes a new line. What is typed stays while moving about. */
export function Composer({ conversation }: { conversation: ConversationView }) {
  const store = useCommunityStore();
  const title = titleOf(useCommunity(), conversation);
  const [text, setText] = useState(() => readDraft(conversation.id));
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    // On a phone the keyboard would cover half of what one came to read.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true });
  }, []);
  const type = (next: string) => {
    setText(next);
    keepDraft(conversation.id, next);
  };
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    const words = text.trim();
    if (words === '') return;
    void store.send(conversation.id, words);
    type('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form className={css.composer} onSubmit={send}>
      <textarea
        ref={field}
        className={css.field}
        aria-label="Message"
        placeholder={`Message ${title}`}
        rows={1}
        maxLength={limits.message}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <IconButton
        label="Send"
        type="submit"
        className={text.trim() === '' ? css.send : `${css.send} ${css.ready}`}
      >
        <SendIcon />
      </IconButton>
    </form>
  );
}
