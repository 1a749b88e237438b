'use client';

import { CallMiniBar, useCalls } from '@parley/call-kit';
import type { ConversationView } from '@parley/call-protocol';
import { BellOff, Moon, Plus, Sun } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Translate } from '@/languages/translator';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { IconButton } from '../../_ui/button';
import { Name } from '../../_ui/name';
import { chooseTheme, useTheme } from '../../_ui/theme';
import { byText } from '../_people/names';
import { NewConversation } from '../_people/new-conversation';
import { useProfile } from '../_people/profile';
import type { CommunityState } from '../_store/community-state';
import { useCommunity, useCommunityList, useSelf } from '../_store/hooks';
import { titleOf } from '../_store/titles';
import { ConversationRow } from './conversation-row';
import css from './conversations.module.css';

const kinds = [
  { kind: 'channel', name: 'shell.channels' },
  { kind: 'group', name: 'shell.groups' },
  { kind: 'direct', name: 'shell.direct' },
] as const;

/** The list of everything one can write to or call, with what is new and what is live. */
export function Conversations({ openId }: { openId: string | null }) {
  const t = useText();
  const name = useCommunity((state) => state.community.name);
  const [isNewOpen, setNewOpen] = useState(false);
  useEffect(() => {
    // The shortcut of an installed Parley (app/manifest.ts), which may be open already.
    const take = () => {
      if (location.hash !== '#new') return;
      history.replaceState(history.state, '', location.pathname);
      setNewOpen(true);
    };
    take();
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  return (
    <nav className={css.sidebar} aria-label={t('shell.conversations')} data-conversations>
      <header className={css.head}>
        <span className={css.community}>
          <bdi>{name}</bdi>
        </span>
        <IconButton label={t('shell.newConversation')} onClick={() => setNewOpen(true)}>
          <Plus size={20} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={css.scroll}>
        {kinds.map((kind) => (
          <Section key={kind.kind} {...kind} openId={openId} />
        ))}
      </div>
      <CallMiniBar conversationId={openId} />
      <MeBar />
      <NewConversation open={isNewOpen} onClose={() => setNewOpen(false)} />
    </nav>
  );
}

/**
 * Ids in the order of the list: channels by name, the rest by what happened last. A call moves its conversation up
 * when it has ended: no row moves under the pointer when a call arrives.
 *
 * @param before remembers when something happened in each conversation before its live call
 */
function inOrder(
  t: Translate,
  state: CommunityState,
  kind: ConversationView['kind'],
  before: Map<string, number>,
): string[] {
  const activity = ({ id, lastMessage, lastActivityAt }: ConversationView) => {
    if (lastMessage?.callEntry?.outcome !== 'live') before.set(id, lastActivityAt);
    return before.get(id) ?? lastActivityAt;
  };
  return [...state.conversations.values()]
    .filter((conversation) => conversation.kind === kind)
    .map((conversation) => ({ conversation, at: activity(conversation) }))
    .sort((a, b) =>
      kind === 'channel'
        ? byText(titleOf(t, state, a.conversation), titleOf(t, state, b.conversation))
        : b.at - a.at,
    )
    .map(({ conversation }) => conversation.id);
}

function Section({ kind, name, openId }: (typeof kinds)[number] & { openId: string | null }) {
  const t = useText();
  const { inConversation } = useCalls();
  const [before] = useState(() => new Map<string, number>());
  const ids = useCommunityList((state) => inOrder(t, state, kind, before));
  if (ids.length === 0 && kind !== 'direct') return null;
  return (
    <section aria-labelledby={`list-${kind}`}>
      <h2 className={css.kind} id={`list-${kind}`}>
        {t(name)}
      </h2>
      {ids.length === 0 ? (
        <p className={css.empty}>{t('shell.nobodyYet')}</p>
      ) : (
        <ul className={css.list}>
          {ids.map((id) => (
            <ConversationRow key={id} id={id} isOpen={id === openId} call={inConversation(id)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function MeBar() {
  const t = useText();
  const self = useSelf();
  const isQuiet = useCommunity((state) => state.me.doNotDisturb);
  const theme = useTheme();
  const profile = useProfile();
  if (!self) return null;
  const next = theme.shown === 'dark' ? 'light' : 'dark';
  return (
    <div className={css.me}>
      <button
        type="button"
        className={css.self}
        onClick={(event) => profile.show(self.id, event.currentTarget)}
        title={t('shell.yourProfile')}
      >
        <Avatar person={self} size={32} />
        <span className={css.name}>
          <Name>{self.displayName}</Name>
        </span>
      </button>
      {isQuiet && (
        <span className={css.quiet} role="img" aria-label={t('shell.quietOn')} title={t('shell.quietOn')}>
          <BellOff size={18} strokeWidth={1.75} aria-hidden="true" />
        </span>
      )}
      <IconButton
        label={t(next === 'light' ? 'shell.useLight' : 'shell.useDark')}
        onClick={() => chooseTheme(next)}
      >
        {next === 'light' ? (
          <Moon size={20} strokeWidth={1.75} aria-hidden="true" />
        ) : (
          <Sun size={20} strokeWidth={1.75} aria-hidden="true" />
        )}
      </IconButton>
    </div>
  );
}
