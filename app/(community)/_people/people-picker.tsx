'use client';

import type { UserView } from '@parley/call-protocol';
import { Check } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { Name, Username } from '../../_ui/name';
import { TextField } from '../../_ui/text-field';
import { useFirstRows } from '../../_ui/use-first-rows';
import { byName, isMatch } from './names';
import css from './people-picker.module.css';

/** A searchable list of people with a box to tick each. */
export function PeoplePicker({
  people,
  chosen,
  setChosen,
  most,
}: {
  people: readonly UserView[];
  chosen: readonly string[];
  setChosen: (ids: string[]) => void;
  /** How many can be chosen at most. */
  most: number;
}) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed);
  const found = people.filter((user) => isMatch(user, filter)).sort(byName);
  const shown = useFirstRows(found);
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
        {shown.map((user) => {
          const isChosen = chosen.includes(user.id);
          return (
            <li key={user.id}>
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
        })}
      </ul>
      {found.length === 0 && (
        <p className={css.empty}>{t(people.length === 0 ? 'people.nobodyElse' : 'people.nobodyByName')}</p>
      )}
    </div>
  );
}
