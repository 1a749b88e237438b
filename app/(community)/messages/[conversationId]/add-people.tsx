'use client';

import { useState } from 'react';
import { type ConversationView, limits } from '@/lib/protocol';
import { Button, Problem } from '../../../_ui/button';
import { Modal } from '../../../_ui/modal';
import { PeoplePicker } from '../../_people/people-picker';
import { api, sentenceOf } from '../../_store/api';
import { useCommunityList } from '../../_store/hooks';

export function AddPeople({
  conversation,
  onClose,
}: {
  conversation: ConversationView;
  onClose: () => void;
}) {
  const [chosen, setChosen] = useState<string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const memberIds = conversation.memberIds ?? [];
  const people = useCommunityList(({ users }) =>
    [...users.values()].filter((user) => !memberIds.includes(user.id)),
  );
  const add = async () => {
    setBusy(true);
    setProblem(null);
    try {
      for (const userId of chosen) {
        await api.addMember(conversation.id, userId);
        setChosen((left) => left.filter((id) => id !== userId));
      }
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
      title="Add people"
      isBusy={isBusy}
      footer={
        <>
          <Button disabled={isBusy} onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={chosen.length === 0} isBusy={isBusy} onClick={() => void add()}>
            Add
          </Button>
        </>
      }
    >
      <PeoplePicker
        people={people}
        chosen={chosen}
        setChosen={setChosen}
        most={Math.max(0, limits.groupPeople - memberIds.length)}
      />
      <Problem>{problem}</Problem>
    </Modal>
  );
}
