'use client';

import { type ConversationView, isVisible, limits } from '@parley/call-protocol';
import { type FormEvent, useId, useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { Modal } from '../../_ui/modal';
import { TextField } from '../../_ui/text-field';
import { charactersOver } from '../../_ui/too-long';
import { api } from '../_store/api';
import { useAttempt } from '../_store/use-attempt';

export function RenameGroup({
  conversation,
  onClose,
}: {
  conversation: ConversationView;
  onClose: () => void;
}) {
  const t = useText();
  const formId = useId();
  const [title, setTitle] = useState(conversation.title ?? '');
  const { busy, problem, attempt } = useAttempt<'save'>();
  const isBusy = busy !== null;
  const canSave = isVisible(title) && charactersOver(title, limits.title) === 0;
  const save = (event: FormEvent) => {
    event.preventDefault();
    return attempt('save', async () => {
      await api.changeConversation(conversation.id, { title: title.trim() });
      onClose();
    });
  };
  return (
    <Modal
      open
      onClose={onClose}
      title={t('messages.renameGroup')}
      isSmall
      isBusy={isBusy}
      footer={
        <>
          <Button disabled={isBusy} onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} isBusy={isBusy} disabled={!canSave}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <form method="post" id={formId} onSubmit={(event) => void save(event)}>
        <TextField label={t('ui.title')} limit={limits.title} value={title} onText={setTitle} />
      </form>
      <Problem>{problem}</Problem>
    </Modal>
  );
}
