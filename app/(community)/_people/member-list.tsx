'use client';

import { ChevronLeft } from 'lucide-react';
import { useDeferredValue, useId, useState } from 'react';
import type { ConversationView, Presence, UserView } from '@/lib/protocol';
import { Avatar } from '../../_ui/avatar';
import { IconButton } from '../../_ui/button';
import { Name } from '../../_ui/name';
import { presenceWords } from '../../_ui/presence-words';
import ui from '../../_ui/ui.module.css';
import { useCommunity } from '../_store/hooks';
import css from './member-list.module.css';
import { byName, isMatch } from './names';
import { useProfile } from './profile';

/** With more than this many, those who are here stand before those who are not. */
const sectionsFrom = 12;

/** The dot beside a name says who is online and who is not; the rest needs words. */
const needsWords: readonly Presence[] = ['in_call', 'do_not_disturb'];

/** Everyone in the conversation; a click opens their profile. */
export function MemberList({ conversation, close }: { conversation: ConversationView; close: () => void }) {
  const state = useCommunity();
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed);
  const filterId = useId();
  const members =
    conversation.memberIds === null
      ? [...state.users.values()]
      : conversation.memberIds.flatMap((id) => state.users.get(id) ?? []);
  const found = members.filter((user) => isMatch(user, filter)).sort(byName);
  const here = found.filter((user) => user.presence !== 'offline');
  const away = found.filter((user) => user.presence === 'offline');
  const hasSections = members.length > sectionsFrom && here.length > 0 && away.length > 0;

  return (
    <aside className={css.members} aria-label="Members">
      <header className={css.head}>
        <span className={css.back}>
          <IconButton label="Back" onClick={close}>
            <ChevronLeft size={22} strokeWidth={1.75} aria-hidden="true" />
          </IconButton>
        </span>
        <h2 className={css.heading}>
          Members <span className={css.number}>{members.length}</span>
        </h2>
      </header>
      {conversation.kind !== 'direct' && (
        <div className={css.filter}>
          <label className={ui.hidden} htmlFor={filterId}>
            Find a member
          </label>
          <input
            className={ui.input}
            id={filterId}
            type="search"
            placeholder="Find a member"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
      )}
      <div className={css.scroll}>
        {found.length === 0 && <p className={css.empty}>Nobody by that name.</p>}
        {hasSections ? (
          <>
            <Section title={`Here · ${here.length}`} users={here} selfId={state.me.id} />
            <Section title={`Away · ${away.length}`} users={away} selfId={state.me.id} />
          </>
        ) : (
          <Section title={null} users={found} selfId={state.me.id} />
        )}
      </div>
    </aside>
  );
}

function Section({ title, users, selfId }: { title: string | null; users: UserView[]; selfId: string }) {
  const profile = useProfile();
  return (
    <section>
      {title && <h3 className={css.section}>{title}</h3>}
      <ul className={css.list}>
        {users.map((user) => {
          const word = needsWords.includes(user.presence) ? presenceWords[user.presence] : '';
          return (
            <li key={user.id}>
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
                    @{user.username}
                    {user.id === selfId ? ' · you' : word && ` · ${word}`}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
