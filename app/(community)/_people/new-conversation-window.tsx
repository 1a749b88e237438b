'use client';

import { limits } from '@parley/call-protocol';
import { useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { conversationHref, useGo } from '../../_ui/go';
import { Modal } from '../../_ui/modal';
import { TextField } from '../../_ui/text-field';
import { charactersOver } from '../../_ui/too-long';
import { api } from '../_store/api';
import { useMyId } from '../_store/hooks';
import { useAttempt } from '../_store/use-attempt';
import { PeoplePicker } from './people-picker';

export type NewConversationProps = { open: boolean; onClose: () => void };

/** What `NewConversation` shows once it has been opened. */
export function NewConversationWindow({ open, onClose }: NewConversationProps) {
  const t = useText();
  const go = useGo();
  const myId = useMyId();
  const [chosen, setChosen] = useState<string[]>([]);
  const [title, setTitle] = useState('');
  const { busy, problem, setProblem, attempt } = useAttempt<'create'>();
  const isBusy = busy !== null;
  const isGroup = chosen.length > 1;
  const isTooLong = isGroup && charactersOver(title, limits.title) > 0;

  const close = () => {
    setChosen([]);
    setTitle('');
    setProblem(null);
    onClose();
  };
  const create = () =>
    attempt('create', async () => {
      const made = await api.createConversation(chosen, isGroup ? title.trim() : undefined);
      go(conversationHref(made.id));
      close();
    });

  return (
    <Modal
      open={open}
      onClose={close}
      isFull
      isBusy={isBusy}
      title={t(isGroup ? 'people.newGroup' : 'shell.newConversation')}
      footer={
        <>
          <span aria-live="polite">
            {chosen.length === 0 ? t('people.chooseSome') : t('people.andYou', { count: chosen.length })}
          </span>
          <Button disabled={isBusy} onClick={close}>
            {t('ui.cancel')}
          </Button>
          <Button
            tone="primary"
            disabled={chosen.length === 0 || isTooLong}
            isBusy={isBusy}
            onClick={() => void create()}
          >
            {t(isGroup ? 'people.createGroup' : 'people.message')}
          </Button>
        </>
      }
    >
      <PeoplePicker without={[myId]} chosen={chosen} setChosen={setChosen} most={limits.groupPeople - 1} />
      {isGroup && (
        <TextField
          label={t('ui.title')}
          note={t('people.optional')}
          limit={limits.title}
          value={title}
          onText={setTitle}
        />
      )}
      <Problem>{problem}</Problem>
    </Modal>
  );
}
