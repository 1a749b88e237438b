'use client';

import { useRingMember } from '@parley/call-kit';
import { type ConversationView, limits } from '@parley/call-protocol';
import { useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { Modal } from '../../_ui/modal';
import { PeoplePicker } from '../_people/people-picker';
import { api } from '../_store/api';
import { useAttempt } from '../_store/use-attempt';

export function AddPeople({
  conversation,
  onClose,
}: {
  conversation: ConversationView;
  onClose: () => void;
}) {
  const t = useText();
  const [chosen, setChosen] = useState<string[]>([]);
  const { busy, problem, attempt } = useAttempt<'add' | 'ring'>();
  const isBusy = busy !== null;
  const memberIds = conversation.memberIds ?? [];
  const ring = useRingMember(conversation.id);
  const add = (how: 'add' | 'ring') =>
    attempt(how, async () => {
      for (const userId of chosen) {
        await api.addMember(conversation.id, userId);
        setChosen((left) => left.filter((id) => id !== userId));
        // A ring of its own, which the server may refuse: the person is added and sees Join call.
        if (how === 'ring') ring?.(userId);
      }
      onClose();
    });
  return (
    <Modal
      open
      onClose={onClose}
      title={t('messages.addPeople')}
      isBusy={isBusy}
      footer={
        <>
          <Button disabled={isBusy} onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button
            tone={ring ? 'neutral' : 'primary'}
            disabled={chosen.length === 0 || isBusy}
            isBusy={busy === 'add'}
            onClick={() => void add('add')}
          >
            {t('messages.add')}
          </Button>
          {ring && (
            <Button
              tone="primary"
              disabled={chosen.length === 0 || isBusy}
              isBusy={busy === 'ring'}
              onClick={() => void add('ring')}
            >
              {t('messages.addAndRing')}
            </Button>
          )}
        </>
      }
    >
      <PeoplePicker
        without={memberIds}
        chosen={chosen}
        setChosen={setChosen}
        most={Math.max(0, limits.groupPeople - memberIds.length)}
      />
      <Problem>{problem}</Problem>
    </Modal>
  );
}
