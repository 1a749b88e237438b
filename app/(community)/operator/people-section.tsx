'use client';

import { isolateText } from '@parley/call-kit';
import type { OperatorPerson, OperatorView } from '@parley/call-protocol';
import { useDeferredValue, useId, useState } from 'react';
import type { Translate } from '@/languages/translator';
import { ApiError } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { ConfirmModal, Modal } from '../../_ui/modal';
import { Name, Username } from '../../_ui/name';
import { useToast } from '../../_ui/toast';
import ui from '../../_ui/ui.module.css';
import { ListEnd } from '../_people/list-end';
import { useMyId } from '../_store/hooks';
import { Section } from '../settings/line';
import settingsCss from '../settings/settings.module.css';
import { MadeLink } from './made-link';
import css from './operator.module.css';
import { type Act, operatorApi } from './operator-api';
import { PersonMenu, type Question } from './person-menu';
import { useOperatorPeople } from './use-operator-people';

/** Lists all accounts with the operator's actions. */
export function PeopleSection({ view, act }: { view: OperatorView; act: Act }) {
  const t = useText();
  const id = useId();
  const [filter, setFilter] = useState('');
  const [question, setQuestion] = useState<Question | null>(null);
  const [made, setMade] = useState<{ name: string; path: string } | null>(null);
  const showToast = useToast();
  const { people, change, ...list } = useOperatorPeople(view, useDeferredValue(filter));
  const confirm = async () => {
    if (!question) return;
    const { what, person } = question;
    const sentence = await act(async () => {
      if (what === 'reset')
        setMade({ name: person.displayName, path: (await operatorApi.resetPassword(person.id)).path });
      else await operatorApi[what](person.id);
      if (what === 'suspend') change(person.id, { ...person, isSuspended: true });
      if (what === 'remove') change(person.id, null);
    });
    if (sentence) throw new ApiError('internal', sentence);
  };
  const lift = async (person: OperatorPerson) => {
    const sentence = await act(async () => {
      await operatorApi.unsuspend(person.id);
      change(person.id, { ...person, isSuspended: false });
    });
    if (sentence) showToast(sentence);
  };
  return (
    <Section id="people" title={t('operator.people')}>
      <div className={settingsCss.block}>
        <label className={ui.hidden} htmlFor={id}>
          {t('operator.findPeople')}
        </label>
        <input
          className={ui.input}
          id={id}
          type="search"
          dir="auto"
          placeholder={t('operator.findPeople')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      {people.length === 0 && !list.hasMore && (
        <p className={settingsCss.empty}>{t('operator.nobodyCalled')}</p>
      )}
      {people.map((person) => (
        <PersonLine
          key={person.id}
          person={person}
          ask={(what) => setQuestion({ what, person })}
          lift={() => lift(person)}
        />
      ))}
      <ListEnd list={list} count={people.length} as="div" />
      {question && (
        <ConfirmModal open onClose={() => setQuestion(null)} {...wordsOf(t, question)} confirm={confirm} />
      )}
      <Modal
        open={made !== null}
        onClose={() => setMade(null)}
        title={t('ui.newPassword')}
        lede={t('operator.givePasswordLink', { name: made?.name ?? '' })}
        isSmall
      >
        {made && <MadeLink label={t('operator.passwordLink')} path={made.path} />}
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
  const t = useText();
  const isSelf = useMyId() === person.id;
  const name = person.displayName;
  return (
    <div className={settingsCss.line}>
      <span className={settingsCss.person}>
        <Avatar person={person} size={36} />
        <span>
          <Name>{name}</Name>
          {person.isOperator && <span className={css.mark}>{t('operator.operator')}</span>}
          {person.isSuspended && <span className={css.mark}>{t('operator.suspended')}</span>}
          <small>
            <Username>{person.username}</Username>
          </small>
        </span>
      </span>
      {!isSelf && <PersonMenu person={person} ask={ask} lift={lift} />}
    </div>
  );
}

function wordsOf(t: Translate, { what, person }: Question) {
  const name = isolateText(person.displayName);
  switch (what) {
    case 'suspend':
      return {
        title: t('operator.suspendPerson', { name }),
        lede: t('operator.suspendConsequence', { name }),
        confirmLabel: t('operator.suspend'),
      };
    case 'remove':
      return {
        title: t('operator.removePerson', { name }),
        lede: t('operator.removeConsequence', { name }),
        confirmLabel: t('operator.remove'),
      };
    case 'reset':
      return {
        title: t('operator.resetPerson', { name }),
        lede: t('operator.resetConsequence', { name }),
        confirmLabel: t('operator.resetPassword'),
      };
  }
}
