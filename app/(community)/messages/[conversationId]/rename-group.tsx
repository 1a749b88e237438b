'use client';

import { type FormEvent, useId, useState } from 'react';
import { type ConversationView, limits } from '@/lib/protocol';
import { Button, Problem } from '../../../_ui/button';
import { Modal } from '../../../_ui/modal';
import ui from '../../../_ui/ui.module.css';
import { api, sentenceOf } from '../../_store/api';

export function RenameGroup({
  conversation,
  onClose,
}: {
  conversation: ConversationView;
  onClose: () => void;
}) {
  const id = useId();
  const [title, setTitle] = useState(conversation.title ?? '');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await api.changeConversation(conversation.id, { title: title.trim() });
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      onClose={onClose}
      title="Rename group"
      isSmall
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form={`${id}-form`}
            isBusy={isBusy}
            disabled={title.trim() === ''}
          >
            Save
          </Button>
        </>
      }
    >
      <form method="post" id={`${id}-form`} className={ui.field} onSubmit={(event) => void save(event)}>
        <label className={ui.label} htmlFor={id}>
          Title
        </label>
        <input
          className={ui.input}
          id={id}
          maxLength={limits.title}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </form>
      <Problem>{problem}</Problem>
    </Modal>
  );
}
