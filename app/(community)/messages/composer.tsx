'use client';

import { isolateText, useCallPlace } from '@parley/call-kit';
import { type ConversationView, isVisible, limits } from '@parley/call-protocol';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useSyncExternalStore } from 'react';
import { useText } from '../../_language/text-provider';
import { IconButton } from '../../_ui/button';
import { SendIcon } from '../../_ui/icons';
import { charactersOver, TooLong } from '../../_ui/too-long';
import ui from '../../_ui/ui.module.css';
import { useCommunityStore, useTitle } from '../_store/hooks';
import css from './conversation.module.css';

/** Key code of a key press that an input method handles. Safari reports it for the Enter that ends a conversion,
 * with `isComposing` already false (https://bugs.webkit.org/show_bug.cgi?id=165004). */
const handledByInputMethod = 229;

/** Whether a finger is what this device is used with: its keyboard on the screen has no Shift and Enter. */
const isTouchFirst = (): boolean => matchMedia('(hover: none) and (pointer: coarse)').matches;

/** Whether this key press sends: Enter, but on a phone, whose Enter makes a new line, only with Ctrl or ⌘. */
function isSendKey({ key, keyCode, shiftKey, ctrlKey, metaKey, nativeEvent }: KeyboardEvent): boolean {
  if (key !== 'Enter' || shiftKey || nativeEvent.isComposing || keyCode === handledByInputMethod)
    return false;
  return ctrlKey || metaKey || !isTouchFirst();
}

/** The server knows no drafts. */
const noDraft = () => '';

/** Where a message is written. What is typed stays while the person moves about, and over a reload. */
export function Composer({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const store = useCommunityStore();
  const title = useTitle(conversation);
  const { writing } = store;
  const read = () => writing.readDraft(conversation.id);
  const text = useSyncExternalStore(writing.subscribe, read, noDraft);
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
  const overId = useId();
  const isTooLong = charactersOver(text, limits.message) > 0;
  const type = (next: string) => writing.keepDraft(conversation.id, next);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!isVisible(text) || isTooLong) return;
    void store.send(conversation.id, text.trim());
    type('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isSendKey(event)) return;
    event.preventDefault();
    send();
  };

  return (
    <form method="post" className={css.composer} onSubmit={send}>
      <TooLong id={overId} text={text} limit={limits.message} />
      <textarea
        ref={field}
        className={css.field}
        aria-label={t('people.message')}
        placeholder={t('messages.messageTo', { title: isolateText(title) })}
        rows={1}
        dir="auto"
        aria-describedby={isTooLong ? overId : undefined}
        aria-invalid={isTooLong || undefined}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <IconButton
        label={t('messages.send')}
        type="submit"
        disabled={isTooLong}
        className={isVisible(text) && !isTooLong ? `${css.send} ${css.ready}` : css.send}
      >
        <SendIcon className={ui.mirrored} />
      </IconButton>
    </form>
  );
}
