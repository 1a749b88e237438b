'use client';

import { Check } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { Name, Username } from '../../_ui/name';
import { TextField } from '../../_ui/text-field';
import { ListEnd } from './list-end';
import css from './people-picker.module.css';
import { RowsInSight } from './rows-in-sight';
import { usePeople } from './use-people';

const rowPx = 52;

/** A searchable list of the people of the community with a box to tick each. */
export function PeoplePicker({
  without,
  chosen,
  setChosen,
  most,
}: {
  /** Who is not among them. */
  without: readonly string[];
  chosen: readonly string[];
  setChosen: (ids: string[]) => void;
  /** How many can be chosen at most. */
  most: number;
}) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed);
  const list = usePeople(filter);
  const found = list.people.filter((user) => !without.includes(user.id));
  const toggle = (userId: string) =>
    setChosen(chosen.includes(userId) ? chosen.filter((one) => one !== userId) : [...chosen, userId]);

  return (
    <div className={css.picker}>
      <TextField
        label={t('people.people')}
        type="search"
        placeholder={t('people.searchByName')}
        autoComplete="off"
        value={typed}
        onText={setTyped}
      />
      <ul className={css.list} aria-label={t('people.peopleToChoose')}>
        <RowsInSight
          rows={found}
          rowPx={rowPx}
          row={(user, place) => {
            const isChosen = chosen.includes(user.id);
            return (
              <li key={user.id} {...place}>
                <label className={css.row}>
                  <Avatar person={user} size={36} presence={user.presence} />
                  <span className={css.text}>
                    <span className={css.name}>
                      <Name>{user.displayName}</Name>
                    </span>
                    <span className={css.sub}>
                      <Username>{user.username}</Username>
                    </span>
                  </span>
                  <input
                    className={css.input}
                    type="checkbox"
                    aria-label={user.displayName}
                    checked={isChosen}
                    disabled={!isChosen && chosen.length >= most}
                    onChange={() => toggle(user.id)}
                  />
                  <span className={css.box} aria-hidden="true">
                    <Check size={16} strokeWidth={3} />
                  </span>
                </label>
              </li>
            );
          }}
        />
        <ListEnd list={list} count={list.people.length} as="li" />
      </ul>
      {found.length === 0 && !list.hasMore && (
        <p className={css.empty}>{t(filter.trim() === '' ? 'people.nobodyElse' : 'people.nobodyByName')}</p>
      )}
    </div>
  );
}
