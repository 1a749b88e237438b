'use client';

import type { ConversationView, UserView } from '@parley/call-protocol';
import { ChevronLeft } from 'lucide-react';
import { useDeferredValue, useId, useState } from 'react';
import { useText } from '../../_language/text-provider';
import { IconButton } from '../../_ui/button';
import { Later, laterPart } from '../../_ui/later';
import ui from '../../_ui/ui.module.css';
import { useCommunity, useCommunityList } from '../_store/hooks';
import css from './member-list.module.css';
import { MemberRow, MemberSection, MemberSections } from './member-sections';
import { byName, isMatch } from './names';

/** What only a large community needs. */
const memberPages = laterPart(async () => (await import('./member-pages')).MemberPages);

/** With more than this many, those who are here stand before those who are not. */
const sectionsFrom = 12;

/** Everyone in the conversation; a click opens their profile. */
export function MemberList({ conversation, close }: { conversation: ConversationView; close: () => void }) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed);
  const filterId = useId();
  const [isGivenUp, setGivenUp] = useState(false);
  const { memberIds } = conversation;
  const members = useCommunityList<UserView>(({ users }) =>
    memberIds === null ? [...users.values()] : memberIds.flatMap((id) => users.get(id) ?? []),
  );
  const memberCount = useCommunity((state) => (memberIds === null ? state.memberCount : null));
  const found = members.filter((user) => isMatch(user, filter)).sort(byName);
  const empty = <p className={css.empty}>{t('people.nobodyByName')}</p>;
  const known = (
    <>
      {found.length === 0 && empty}
      <MemberSections users={found} areApart={memberCount === null && members.length > sectionsFrom} />
    </>
  );

  return (
    <aside className={css.members} aria-label={t('people.members')}>
      <header className={css.head}>
        <span className={css.back}>
          <IconButton label={t('ui.back')} onClick={close}>
            <ChevronLeft className={ui.mirrored} size={22} strokeWidth={1.75} aria-hidden="true" />
          </IconButton>
        </span>
        <h2 className={css.heading}>
          <span>{t('people.members')}</span>{' '}
          <span className={css.number}>{memberCount ?? members.length}</span>
        </h2>
      </header>
      {conversation.kind !== 'direct' && (
        <div className={css.filter}>
          <label className={ui.hidden} htmlFor={filterId}>
            {t('people.findMember')}
          </label>
          <input
            className={ui.input}
            id={filterId}
            type="search"
            dir="auto"
            placeholder={t('people.findMember')}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setGivenUp(false);
            }}
          />
        </div>
      )}
      <div className={css.scroll}>
        {memberCount === null ? (
          known
        ) : (
          <Later
            part={memberPages}
            props={{ typed: filter, Section: MemberSection, Row: MemberRow, empty }}
            isDue={!isGivenUp}
            giveUp={() => setGivenUp(true)}
            before={known}
          />
        )}
      </div>
    </aside>
  );
}
