'use client';

import { type FormEvent, type KeyboardEvent, useEffect, useRef, useSyncExternalStore } from 'react';
import { useCallPlace } from '@/lib/call-ui';
import { type ConversationView, isVisible, limits } from '@/lib/protocol';
import { IconButton } from '../../../_ui/button';
import { SendIcon } from '../../../_ui/icons';
import { keepDraft, onDrafts, readDraft } from '../../_store/drafts';
import { useCommunity, useCommunityStore } from '../../_store/hooks';
import { titleOf } from '../../_store/titles';
import css from './conversation.module.css';

/** Enter sends, Shift and Enter makes a new line. What is typed stays while moving about. */
export function Composer({ conversation }: { conversation: ConversationView }) {
  const store = useCommunityStore();
  const title = titleOf(useCommunity(), conversation);
  const read = () => readDraft(conversation.id);
  const text = useSyncExternalStore(onDrafts, read, read);
  const field = useRef<HTMLTextAreaElement>(null);

  const isInCall = useCallPlace().place !== null;
  const isOpened = useRef(false);
  useEffect(() => {
    // Also after a call, when the focus went away with its buttons.
    const isWanted = !isOpened.current || (!isInCall && document.activeElement === document.body);
    isOpened.current = true;
    // On a phone the keyboard would cover half of what one came to read.
    if (isWanted && matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true });
  }, [isInCall]);
  const type = (next: string) => keepDraft(conversation.id, next);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!isVisible(text)) return;
    void store.send(conversation.id, text.trim());
    type('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form method="post" className={css.composer} onSubmit={send}>
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
        className={isVisible(text) ? `${css.send} ${css.ready}` : css.send}
      >
        <SendIcon />
      </IconButton>
    </form>
  );
}
