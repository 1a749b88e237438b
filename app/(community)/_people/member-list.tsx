'use client';

import type { ConversationView, Presence, UserView } from '@parley/call-protocol';
import { ChevronLeft } from 'lucide-react';
import { memo, useDeferredValue, useId, useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { IconButton } from '../../_ui/button';
import { Name, Username } from '../../_ui/name';
import { presenceWords } from '../../_ui/presence-words';
import ui from '../../_ui/ui.module.css';
import { useFirstRows } from '../../_ui/use-first-rows';
import { useCommunityList, useMyId } from '../_store/hooks';
import css from './member-list.module.css';
import { byName, isMatch } from './names';
import { useProfile } from './profile';

/** With more than this many, those who are here stand before those who are not. */
const sectionsFrom = 12;

/** The dot beside a name says who is online and who is not; the rest needs words. */
const needsWords: readonly Presence[] = ['in_call', 'do_not_disturb'];

/** Everyone in the conversation; a click opens their profile. */
export function MemberList({ conversation, close }: { conversation: ConversationView; close: () => void }) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed);
  const filterId = useId();
  const members = useCommunityList<UserView>(({ users }) =>
    conversation.memberIds === null
      ? [...users.values()]
      : conversation.memberIds.flatMap((id) => users.get(id) ?? []),
  );
  const found = members.filter((user) => isMatch(user, filter)).sort(byName);
  const here = found.filter((user) => user.presence !== 'offline');
  const away = found.filter((user) => user.presence === 'offline');
  const hasSections = members.length > sectionsFrom && here.length > 0 && away.length > 0;

  return (
    <aside className={css.members} aria-label={t('people.members')}>
      <header className={css.head}>
        <span className={css.back}>
          <IconButton label={t('ui.back')} onClick={close}>
            <ChevronLeft className={ui.mirrored} size={22} strokeWidth={1.75} aria-hidden="true" />
          </IconButton>
        </span>
        <h2 className={css.heading}>
          <span>{t('people.members')}</span> <span className={css.number}>{members.length}</span>
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
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
      )}
      <div className={css.scroll}>
        {found.length === 0 && <p className={css.empty}>{t('people.nobodyByName')}</p>}
        {hasSections ? (
          <>
            <Section title={t('people.here', { count: here.length })} users={here} />
            <Section title={t('people.away', { count: away.length })} users={away} />
          </>
        ) : (
          <Section title={null} users={found} />
        )}
      </div>
    </aside>
  );
}

function Section({ title, users }: { title: string | null; users: UserView[] }) {
  const shown = useFirstRows(users);
  return (
    <section>
      {title && <h3 className={css.section}>{title}</h3>}
      <ul className={css.list}>
        {shown.map((user) => (
          <MemberRow key={user.id} user={user} />
        ))}
      </ul>
    </section>
  );
}

const MemberRow = memo(function MemberRow({ user }: { user: UserView }) {
  const t = useText();
  const profile = useProfile();
  const isSelf = useMyId() === user.id;
  const word = needsWords.includes(user.presence) ? t(presenceWords[user.presence]) : '';
  const more = isSelf ? ` · ${t('people.you')}` : word && ` · ${word}`;
  return (
    <li>
      <button
        type="button"
        className={css.row}
        aria-haspopup="dialog"
        onClick={(event) => profile.show(user.id, event.currentTarget)}
      >
        <Avatar person={user} size={32} presence={user.presence} />
        <span className={css.text}>
          <span className={css.name}>
            <Name>{user.displayName}</Name>
          </span>
          <span className={css.sub}>
            <Username>{user.username}</Username>
            {more}
          </span>
        </span>
      </button>
    </li>
  );
});
