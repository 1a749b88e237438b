'use client';

import { useLongPress } from '@parley/call-kit';
import type { MessageView } from '@parley/call-protocol';
import { Trash2 } from 'lucide-react';
import { memo, type ReactNode, useState } from 'react';
import { reasonText } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { Button, IconButton } from '../../_ui/button';
import { ConfirmModal, Modal } from '../../_ui/modal';
import { Name } from '../../_ui/name';
import { useToast } from '../../_ui/toast';
import { useProfile } from '../_people/profile';
import { api } from '../_store/api';
import { useCommunityStore, useIsKnown, useMyId, usePerson } from '../_store/hooks';
import type { PendingMessage } from '../_store/message-list';
import { clockText, wholeText } from '../_store/show-time';
import css from './message-log.module.css';
import { MessageText } from './message-text';

type RowProps = { message: MessageView; isFirst: boolean };

/** A message; with picture, name and time when it is the first of its group. */
export const MessageRow = memo(function MessageRow({ message, isFirst }: RowProps) {
  const isMine = useMyId() === message.authorId;
  const content = <Content message={message} isFirst={isFirst} />;
  if (isMine && !message.isDeleted)
    return (
      <OwnRow message={message} isFirst={isFirst}>
        {content}
      </OwnRow>
    );
  return <li className={isFirst ? `${css.message} ${css.first}` : css.message}>{content}</li>;
});

function Content({ message, isFirst }: RowProps) {
  const t = useText();
  return (
    <>
      {isFirst ? (
        <Author authorId={message.authorId} sentAt={message.sentAt} />
      ) : (
        <Time at={message.sentAt} />
      )}
      {message.isDeleted ? (
        <p className={`${css.say} ${css.deleted}`}>
          <span>{t('shell.messageDeleted')}</span>
        </p>
      ) : (
        <p className={css.say} dir="auto">
          <MessageText text={message.text} />
        </p>
      )}
    </>
  );
}

/** A message of the person's own: a button deletes it, and a finger that rests on it opens a sheet. */
function OwnRow({ message, isFirst, children }: RowProps & { children: ReactNode }) {
  const t = useText();
  const [asks, setAsks] = useState<'what' | 'delete' | null>(null);
  const press = useLongPress(() => setAsks('what'), 'touch');
  const close = () => setAsks(null);
  const showToast = useToast();
  const copy = async () => {
    close();
    await navigator.clipboard.writeText(message.text).catch(() => showToast(t('messages.couldNotCopy')));
  };
  return (
    <li className={`${css.message} ${css.own}${isFirst ? ` ${css.first}` : ''}`} {...press.props}>
      {children}
      <IconButton
        label={t('messages.deleteMessage')}
        className={css.delete}
        onClick={() => setAsks('delete')}
      >
        <Trash2 size={16} strokeWidth={1.75} aria-hidden="true" />
      </IconButton>
      {asks === 'what' && (
        <Modal open onClose={close} title={t('messages.yourMessage')} isSmall>
          <div className={css.actions}>
            {/* Plain http has no clipboard API. */}
            {'clipboard' in navigator && (
              <Button size="lg" isBlock onClick={() => void copy()}>
                {t('messages.copyText')}
              </Button>
            )}
            <Button size="lg" tone="danger" isBlock onClick={() => setAsks('delete')}>
              {t('messages.deleteMessage')}
            </Button>
          </div>
        </Modal>
      )}
      {asks === 'delete' && (
        <ConfirmModal
          open
          onClose={close}
          title={t('messages.deleteThis')}
          lede={t('messages.deleteConsequence')}
          confirmLabel={t('ui.delete')}
          confirm={() => api.deleteMessage(message.conversationId, message.id)}
        />
      )}
    </li>
  );
}

/** A message of mine on its way, or one that did not get through. */
export const PendingRow = memo(function PendingRow({
  conversationId,
  message,
  isFirst,
}: {
  conversationId: string;
  message: PendingMessage;
  isFirst: boolean;
}) {
  const t = useText();
  const store = useCommunityStore();
  const myId = useMyId();
  return (
    <li className={isFirst ? `${css.message} ${css.first}` : css.message}>
      {isFirst && <Author authorId={myId} sentAt={message.sentAt} />}
      <p className={`${css.say} ${css.pending}`} dir="auto">
        <MessageText text={message.text} />
      </p>
      {message.hasFailed && (
        <p className={css.failed} role="alert">
          <span>{t('messages.notSent', { reason: reasonText(t, message.reason ?? '') })}</span>{' '}
          <button
            type="button"
            onClick={() => void store.send(conversationId, message.text, message.clientMessageId)}
          >
            {t('ui.tryAgain')}
          </button>{' '}
          <button type="button" onClick={() => store.discard(conversationId, message.clientMessageId)}>
            {t('ui.delete')}
          </button>
        </p>
      )}
    </li>
  );
});

function Author({ authorId, sentAt }: { authorId: string; sentAt: number }) {
  const person = usePerson(authorId);
  const profile = useProfile();
  // A person who was removed has no profile to open.
  if (!useIsKnown(authorId)) {
    return (
      <>
        <span className={css.face} aria-hidden="true">
          <Avatar person={person} size={40} />
        </span>
        <span className={css.who}>
          <span className={css.name}>
            <Name>{person.displayName}</Name>
          </span>
          <Time at={sentAt} />
        </span>
      </>
    );
  }
  return (
    <>
      <button
        type="button"
        className={css.face}
        tabIndex={-1}
        aria-hidden="true"
        onClick={(event) => profile.show(authorId, event.currentTarget)}
      >
        <Avatar person={person} size={40} />
      </button>
      <span className={css.who}>
        <button
          type="button"
          className={css.name}
          aria-haspopup="dialog"
          onClick={(event) => profile.show(authorId, event.currentTarget)}
        >
          <Name>{person.displayName}</Name>
        </button>
        <Time at={sentAt} />
      </span>
    </>
  );
}

function Time({ at }: { at: number }) {
  const t = useText();
  return (
    <time dateTime={new Date(at).toISOString()} title={wholeText(t, at)} translate="no">
      {clockText(t, at)}
    </time>
  );
}
