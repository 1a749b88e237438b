'use client';

import { avatarHue, CallButton, isolateText } from '@parley/call-kit';
import type { UserView } from '@parley/call-protocol';
import { Ban, UserMinus } from 'lucide-react';
import { type ComponentType, type CSSProperties, type HTMLAttributes, useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { Button, Problem } from '../../_ui/button';
import { conversationHref, useGo, useOpenConversationId } from '../../_ui/go';
import { BubbleIcon } from '../../_ui/icons';
import { ConfirmModal } from '../../_ui/modal';
import { Name, Username } from '../../_ui/name';
import { PageLink } from '../../_ui/page-link';
import { presenceWords } from '../../_ui/presence-words';
import ui from '../../_ui/ui.module.css';
import { api } from '../_store/api';
import { useCommunity, useCommunityStore, useConversation, useMyId } from '../_store/hooks';
import { titleOf } from '../_store/titles';
import { useAttempt } from '../_store/use-attempt';
import css from './profile.module.css';

type Props = {
  user: UserView;
  close: () => void;
  /** The title part of the dialog around it: names the dialog after the person. */
  Heading: ComponentType<HTMLAttributes<HTMLHeadingElement>>;
};

/** A person's profile, and the ways to reach them. */
export function ProfileCard({ user, close, Heading }: Props) {
  const t = useText();
  const isSelf = useMyId() === user.id;
  return (
    <>
      <Cover hue={avatarHue(user.id, user.hue)} />
      <div className={css.picture}>
        <Avatar person={user} size={84} />
      </div>
      <Heading className={css.name}>
        <Name>{user.displayName}</Name>
      </Heading>
      <p className={css.username}>
        <Username>{user.username}</Username>
        {` · ${t(isSelf ? 'people.you' : presenceWords[user.presence])}`}
      </p>
      {user.about && (
        <p className={css.about} dir="auto">
          {user.about}
        </p>
      )}
      {isSelf ? (
        <PageLink className={`${ui.btn} ${ui.block} ${css.edit}`} href="/settings#profile" onClick={close}>
          {t('people.editProfile')}
        </PageLink>
      ) : (
        <Actions user={user} close={close} />
      )}
    </>
  );
}

function Actions({ user, close }: { user: UserView; close: () => void }) {
  const t = useText();
  const go = useGo();
  const store = useCommunityStore();
  const [isAsking, setAsking] = useState(false);
  const { busy, problem, attempt } = useAttempt<'message' | 'block'>();
  const message = () =>
    attempt('message', async () => {
      const known = [...store.getState().conversations.values()].find(
        (one) => one.kind === 'direct' && one.memberIds?.includes(user.id),
      );
      const id = known?.id ?? (await api.createConversation([user.id])).id;
      go(conversationHref(id));
      close();
    });

  return (
    <>
      <div className={css.pair}>
        <CallButton target={{ userId: user.id }} look="profile" people={[user]} title={user.displayName} />
        <Button className={css.action} isBusy={busy === 'message'} onClick={() => void message()}>
          <BubbleIcon size={18} />
          {t('people.message')}
        </Button>
      </div>
      <Problem>{problem}</Problem>
      <div className={css.rule} />
      <RemoveFromGroup user={user} close={close} />
      <Button
        tone="quiet"
        className={css.block}
        isBusy={busy === 'block'}
        onClick={() => (user.isBlocked ? void attempt('block', () => api.unblock(user.id)) : setAsking(true))}
      >
        <Ban size={18} strokeWidth={1.75} aria-hidden="true" />
        {t(user.isBlocked ? 'people.unblock' : 'people.block')}
      </Button>
      <ConfirmModal
        open={isAsking}
        onClose={() => setAsking(false)}
        title={t('people.blockPerson', { name: isolateText(user.displayName) })}
        lede={t('people.blockConsequence')}
        confirmLabel={t('people.block')}
        confirm={() => api.block(user.id)}
      />
    </>
  );
}

/** Takes the person out of the group that is open; only for who made it. */
function RemoveFromGroup({ user, close }: { user: UserView; close: () => void }) {
  const t = useText();
  const conversationId = useOpenConversationId();
  const [isAsking, setAsking] = useState(false);
  const group = useConversation(conversationId);
  const title = useCommunity((state) => (group ? titleOf(t, state, group) : ''));
  const isMine = useMyId() === group?.creatorId && group.kind === 'group';
  if (!group || !isMine || !group.memberIds?.includes(user.id)) return null;
  return (
    <>
      <Button tone="quiet" className={css.block} onClick={() => setAsking(true)}>
        <UserMinus size={18} strokeWidth={1.75} aria-hidden="true" />
        {t('people.removeFromGroup')}
      </Button>
      <ConfirmModal
        open={isAsking}
        onClose={() => setAsking(false)}
        title={t('people.removePerson', { name: isolateText(user.displayName) })}
        lede={t('people.removeConsequence', { group: isolateText(title) })}
        confirmLabel={t('people.remove')}
        confirm={async () => {
          await api.removeMember(group.id, user.id);
          close();
        }}
      />
    </>
  );
}

/** A strip of the person's colour with Parley's corners in it. */
function Cover({ hue }: { hue: number }) {
  return (
    <div className={css.cover} style={{ '--h': hue } as CSSProperties}>
      <svg viewBox="0 0 320 76" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <g fill="#fff">
          <path opacity=".1" d="M196-14a44 44 0 0 1 88 0 44 44 0 0 1-44 44h-36a8 8 0 0 1-8-8z" />
          <path opacity=".16" d="M128 52a24 24 0 0 1 48 0 24 24 0 0 1-24 24h-18a6 6 0 0 1-6-6z" />
          <path opacity=".13" d="M270 56a22 22 0 0 1 44 0 22 22 0 0 1-22 22h-16a6 6 0 0 1-6-6z" />
          <path opacity=".1" d="M98 6a12 12 0 0 1 24 0 12 12 0 0 1-12 12h-9a3 3 0 0 1-3-3z" />
        </g>
      </svg>
    </div>
  );
}
