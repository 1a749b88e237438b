'use client';

import type { Presence, UserView } from '@parley/call-protocol';
import { memo, type ReactNode } from 'react';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { Name, Username } from '../../_ui/name';
import { presenceWords } from '../../_ui/presence-words';
import { useFirstRows } from '../../_ui/use-first-rows';
import { useMyId } from '../_store/hooks';
import { byPresence } from './by-presence';
import css from './member-list.module.css';
import { useProfile } from './profile';

/** The dot beside a name says who is online and who is not; the rest needs words. */
const needsWords: readonly Presence[] = ['in_call', 'do_not_disturb'];

/** These people in their order; with `areApart` those who are here stand before those who are not. */
export function MemberSections({ users, areApart }: { users: readonly UserView[]; areApart: boolean }) {
  const t = useText();
  const { here, away } = byPresence(users);
  if (!areApart || here.length === 0 || away.length === 0) {
    return (
      <MemberSection>
        <AllRows users={users} />
      </MemberSection>
    );
  }
  return (
    <>
      <MemberSection title={t('people.here', { count: here.length })}>
        <AllRows users={here} />
      </MemberSection>
      <MemberSection title={t('people.away', { count: away.length })}>
        <AllRows users={away} />
      </MemberSection>
    </>
  );
}

export function MemberSection({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section>
      {title && <h3 className={css.section}>{title}</h3>}
      <ul className={css.list}>{children}</ul>
    </section>
  );
}

function AllRows({ users }: { users: readonly UserView[] }) {
  return useFirstRows(users).map((user) => <MemberRow key={user.id} user={user} />);
}

/** One person; `aria-posinset` where not all rows of the list are there. */
export const MemberRow = memo(function MemberRow({
  user,
  ...place
}: {
  user: UserView;
  'aria-posinset'?: number;
  'aria-setsize'?: number;
}) {
  const t = useText();
  const profile = useProfile();
  const isSelf = useMyId() === user.id;
  const word = needsWords.includes(user.presence) ? t(presenceWords[user.presence]) : '';
  const more = isSelf ? ` · ${t('people.you')}` : word && ` · ${word}`;
  return (
    <li {...place}>
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
