'use client';

import { isolateText } from '@parley/call-kit';
import type { OperatorPerson, OperatorView } from '@parley/call-protocol';
import { useId, useState } from 'react';
import { Avatar } from '../../_ui/avatar';
import { ConfirmModal, Modal } from '../../_ui/modal';
import { Name } from '../../_ui/name';
import { useToast } from '../../_ui/toast';
import ui from '../../_ui/ui.module.css';
import { useMyId } from '../_store/hooks';
import { Section } from '../settings/line';
import settingsCss from '../settings/settings.module.css';
import { MadeLink } from './made-link';
import css from './operator.module.css';
import { type Act, operatorApi } from './operator-api';
import { PersonMenu, type Question } from './person-menu';

/** Lists all accounts with the operator's actions. */
export function PeopleSection({ view, act }: { view: OperatorView; act: Act }) {
  const id = useId();
  const [filter, setFilter] = useState('');
  const [question, setQuestion] = useState<Question | null>(null);
  const [made, setMade] = useState<{ name: string; path: string } | null>(null);
  const showToast = useToast();
  const wanted = filter.trim().toLowerCase();
  const shown = view.people.filter((person) =>
    `${person.displayName} ${person.username}`.toLowerCase().includes(wanted),
  );
  const confirm = async () => {
    if (!question) return;
    const { what, person } = question;
    const sentence = await act(async () => {
      if (what === 'suspend') await operatorApi.suspend(person.id);
      else if (what === 'remove') await operatorApi.remove(person.id);
      else setMade({ name: person.displayName, path: (await operatorApi.resetPassword(person.id)).path });
    });
    if (sentence) throw new Error(sentence);
  };
  const lift = async (person: OperatorPerson) => {
    const sentence = await act(() => operatorApi.unsuspend(person.id));
    if (sentence) showToast(sentence);
  };
  return (
    <Section id="people" title="People">
      <div className={settingsCss.block}>
        <label className={ui.hidden} htmlFor={id}>
          Find people
        </label>
        <input
          className={ui.input}
          id={id}
          type="search"
          placeholder="Find people"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      {shown.length === 0 && <p className={settingsCss.empty}>Nobody is called that.</p>}
      {shown.map((person) => (
        <PersonLine
          key={person.id}
          person={person}
          ask={(what) => setQuestion({ what, person })}
          lift={() => lift(person)}
        />
      ))}
      {question && (
        <ConfirmModal open onClose={() => setQuestion(null)} {...wordsOf(question)} confirm={confirm} />
      )}
      <Modal
        open={made !== null}
        onClose={() => setMade(null)}
        title="New password"
        lede={`Give this link to ${made?.name ?? ''}. It works once, within three days.`}
        isSmall
      >
        {made && <MadeLink label="Password link" path={made.path} />}
      </Modal>
    </Section>
  );
}

function PersonLine({
  person,
  ask,
  lift,
}: {
  person: OperatorPerson;
  ask: (what: Question['what']) => void;
  lift: () => Promise<void>;
}) {
  const isSelf = useMyId() === person.id;
  const name = person.displayName;
  return (
    <div className={settingsCss.line}>
      <span className={settingsCss.person}>
        <Avatar person={person} size={36} />
        <span>
          <Name>{name}</Name>
          {person.isOperator && <span className={css.mark}>Operator</span>}
          {person.isSuspended && <span className={css.mark}>Suspended</span>}
          <small>@{person.username}</small>
        </span>
      </span>
      {!isSelf && <PersonMenu person={person} ask={ask} lift={lift} />}
    </div>
  );
}

function wordsOf({ what, person }: Question) {
  const name = isolateText(person.displayName);
  switch (what) {
    case 'suspend':
      return {
        title: `Suspend ${name}?`,
        lede: `${name} is signed out everywhere and leaves their call at once. You can let them back in later.`,
        confirmLabel: 'Suspend',
      };
    case 'remove':
      return {
        title: `Remove ${name}?`,
        lede: `The account is gone for good. What ${name} wrote stays, without their name.`,
        confirmLabel: 'Remove',
      };
    case 'reset':
      return {
        title: `Reset the password of ${name}?`,
        lede: `${name} is signed out everywhere, and gets in again with a link that you give them.`,
        confirmLabel: 'Reset password',
      };
  }
}
