'use client';

import { AvatarView, CallButton, isolateText } from '@parley/call-kit';
import type { ConversationView, Person } from '@parley/call-protocol';
import { ChevronLeft } from 'lucide-react';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { IconButton } from '../../_ui/button';
import { HashIcon, PeopleIcon } from '../../_ui/icons';
import { useIsNarrow } from '../../_ui/narrow';
import { PageLink } from '../../_ui/page-link';
import { presenceWords } from '../../_ui/presence-words';
import ui from '../../_ui/ui.module.css';
import { byName } from '../_people/names';
import { useProfile } from '../_people/profile';
import { useCommunity, useCommunityList, useMyId, useOther, useTitle } from '../_store/hooks';
import { isSamePerson, personOf } from '../_store/titles';
import css from './conversation.module.css';
import type { MembersShown } from './members-shown';
import { MoreMenu } from './more-menu';

export function ConversationHeader({
  conversation,
  members,
}: {
  conversation: ConversationView;
  members: MembersShown;
}) {
  const t = useText();
  const profile = useProfile();
  const isNarrow = useIsNarrow();
  const title = useTitle(conversation);
  const other = useOther(conversation);
  const presence = useCommunity(({ users }) => users.get(other?.id ?? '')?.presence);
  const myId = useMyId();
  const people = useCommunityList<Person>(
    (state) => (conversation.memberIds ?? []).map((id) => personOf(t, state, id)).sort(byName),
    isSamePerson,
  );
  const others = people.filter((person) => person.id !== myId);

  return (
    <header className={css.header}>
      <PageLink className={`${ui.icon} ${css.back}`} href="/messages" aria-label={t('ui.back')}>
        <ChevronLeft className={ui.mirrored} size={22} strokeWidth={1.75} aria-hidden="true" />
      </PageLink>
      {other ? (
        <button
          type="button"
          className={css.face}
          aria-label={t('messages.profileOf', { name: other.displayName })}
          onClick={(event) => profile.show(other.id, event.currentTarget)}
        >
          <Avatar person={other} size={36} {...(presence ? { presence } : {})} />
        </button>
      ) : conversation.kind === 'group' ? (
        <AvatarView id={conversation.id} hue={conversation.hue} name={title} size={36} shape="group" />
      ) : (
        <span className={css.hash}>
          <HashIcon size={22} />
        </span>
      )}
      <div className={css.heading}>
        <h1 className={css.title}>
          <bdi>{title}</bdi>
        </h1>
        <span className={css.sub}>
          {conversation.kind === 'direct' && presence && <span>{t(presenceWords[presence])}</span>}
          {conversation.kind === 'channel' && <span>{t('messages.everyone')}</span>}
          {conversation.kind === 'group' && (
            <>
              <span className={css.names} translate="no">
                {people.map((person) => isolateText(person.displayName)).join(', ')}
              </span>
              <span className={css.memberCount}>{t('messages.memberCount', { count: people.length })}</span>
            </>
          )}
        </span>
      </div>
      <div className={css.actions}>
        {conversation.kind !== 'channel' && (
          <CallButton
            target={{ conversationId: conversation.id }}
            look={isNarrow ? 'icon' : 'header'}
            people={others}
            title={title}
          />
        )}
        <IconButton label={t('people.members')} aria-pressed={members.isShown} onClick={members.toggle}>
          <PeopleIcon />
        </IconButton>
        {conversation.kind !== 'channel' && <MoreMenu conversation={conversation} title={title} />}
      </div>
    </header>
  );
}
