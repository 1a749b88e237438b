'use client';

import {
  AvatarView,
  formatDuration,
  Handset,
  isolateText,
  JoinCallButton,
  joinNames,
  useDuration,
  useWords,
} from '@parley/call-kit';
import type { Words } from '@parley/call-kit/words';
import { type CallView, type ConversationView, isInCall } from '@parley/call-protocol';
import { BellOff } from 'lucide-react';
import { memo, useId } from 'react';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { conversationHref } from '../../_ui/go';
import { HashIcon } from '../../_ui/icons';
import { useIsHydrated } from '../../_ui/narrow';
import { PageLink } from '../../_ui/page-link';
import ui from '../../_ui/ui.module.css';
import { useIsCallBackDue } from '../_store/call-back';
import { useCommunity, useConversation, useOther, useTitle } from '../_store/hooks';
import { shortText, wholeText } from '../_store/show-time';
import { type BothWords, previewText } from '../_store/titles';
import { useToday } from '../_store/today';
import css from './conversations.module.css';

type LiveMark = { kind: 'mine' | 'outgoing' | 'calling' | 'joinable'; call: CallView; words: string };

function liveMark(
  { t, callWords }: BothWords,
  call: CallView | null,
  conversation: ConversationView,
): LiveMark | null {
  if (!call || call.status === 'ended') return null;
  const inCall = call.people.filter((person) => isInCall(person.participation));
  if (inCall.some((person) => person.user.id === call.viewerId)) {
    if (inCall.length > 1) return { kind: 'mine', call, words: t('shell.inCallWithYou') };
    const rung = call.people.filter((person) => person.ring?.state === 'ringing');
    if (rung.length === 0) return { kind: 'mine', call, words: t('shell.inCall') };
    const words =
      conversation.kind === 'direct'
        ? t('shell.calling')
        : t('shell.callingNames', { names: namesOf(callWords, rung) });
    return { kind: 'outgoing', call, words };
  }
  if (call.myRing && !call.myRing.isQuiet) {
    const ringerId = call.myRing.ringerId;
    const ringer = call.people.find((person) => person.user.id === ringerId)?.user.displayName;
    return {
      kind: 'calling',
      call,
      words:
        conversation.kind === 'direct' || !ringer
          ? t('shell.callingYou')
          : t('shell.isCallingYou', { name: isolateText(ringer) }),
    };
  }
  return { kind: 'joinable', call, words: joinableWords({ t, callWords }, inCall, conversation) };
}

/** Rings are shown in accent, incoming and outgoing ones: the one green of a ring is Accept. */
const isAccent = (kind: LiveMark['kind']) => kind === 'outgoing' || kind === 'calling';

const namesOf = (callWords: Words, people: CallView['people']) =>
  joinNames(
    people.map(({ user }) => user.displayName),
    callWords,
  );

function joinableWords(
  { t, callWords }: BothWords,
  inCall: CallView['people'],
  conversation: ConversationView,
): string {
  if (inCall.length !== 1) return t('shell.peopleInCall', { count: inCall.length });
  // Under a direct conversation's title the person's name would stand twice.
  return conversation.kind === 'direct'
    ? t('shell.waitingForYou')
    : t('shell.isWaiting', { name: namesOf(callWords, inCall) });
}

/** One conversation of the list; renders again only when it, its people or its call change. */
export const ConversationRow = memo(function ConversationRow({
  id,
  isOpen,
  call,
}: {
  id: string;
  isOpen: boolean;
  /** The conversation's live call. */
  call: CallView | null;
}) {
  const conversation = useConversation(id);
  return conversation ? <Row conversation={conversation} isOpen={isOpen} call={call} /> : null;
});

function Row({
  conversation,
  isOpen,
  call,
}: {
  conversation: ConversationView;
  isOpen: boolean;
  call: CallView | null;
}) {
  const t = useText();
  const today = useToday();
  const callWords = useWords();
  const live = liveMark({ t, callWords }, call, conversation);
  const isHydrated = useIsHydrated();
  const detailId = useId();
  const title = useTitle(conversation);
  const other = useOther(conversation);
  const presence = useCommunity(({ users }) => users.get(other?.id ?? '')?.presence);
  const promise = useIsCallBackDue(conversation) ? t('shell.timeToCallBack') : null;
  const preview = useCommunity((state) => previewText({ t, callWords }, state, conversation));
  const unread = isOpen ? 0 : conversation.unreadCount;
  const href = conversationHref(conversation.id);
  const name = unread > 0 ? t('shell.manyUnread', { title, count: unread }) : title;
  const link = {
    className: css.link ?? '',
    href,
    'aria-label': name,
    'aria-describedby': detailId,
    ...(isOpen ? { 'aria-current': 'page' as const } : {}),
  };
  const rowClass = [css.row, isOpen && css.open, unread > 0 && css.unread].filter(Boolean).join(' ');
  const badge = unread > 0 && <span className={ui.count}>{unread > 99 ? '99+' : unread}</span>;

  if (conversation.kind === 'channel') {
    return (
      <li className={`${rowClass} ${css.channel}`}>
        <span className={css.hash}>
          <HashIcon size={18} />
        </span>
        <span className={css.words}>
          <PageLink {...link} aria-describedby={undefined}>
            <span className={css.title}>
              <bdi>{title}</bdi>
            </span>
          </PageLink>
        </span>
        {badge}
      </li>
    );
  }
  return (
    <li className={rowClass}>
      {other ? (
        <Avatar person={other} size={36} {...(presence ? { presence } : {})} />
      ) : (
        <AvatarView id={conversation.id} hue={conversation.hue} name={title} size={36} shape="group" />
      )}
      {/* The link shows its title alone, so that what it is called contains what it shows. */}
      <span className={css.words}>
        <span className={css.first}>
          <PageLink {...link}>
            <span className={css.title}>
              <bdi>{title}</bdi>
            </span>
          </PageLink>
          {conversation.callsMuted && (
            <span
              className={css.mutedMark}
              role="img"
              aria-label={t('shell.callsMuted')}
              title={t('shell.callsMuted')}
            >
              <BellOff size={14} strokeWidth={1.75} aria-hidden="true" />
            </span>
          )}
        </span>
        <span
          className={`${css.preview} ${live ? (isAccent(live.kind) ? css.outgoing : css.live) : promise ? css.outgoing : ''}`}
          id={detailId}
        >
          <bdi>{live ? live.words : (promise ?? (preview || t('shell.noMessages')))}</bdi>
        </span>
      </span>
      {/* A box of its own for each kind of mark, so that none of them moves when a call arrives. */}
      <span
        key={live?.kind ?? 'none'}
        className={css.end}
        data-joinable={live?.kind === 'joinable' || undefined}
      >
        {live?.kind === 'joinable' && <JoinCallButton conversationId={conversation.id} />}
        {live?.kind === 'calling' && (
          <span className={css.ringing}>
            <Handset mark="incoming" size={16} />
          </span>
        )}
        {live?.kind === 'outgoing' && <span>{t('shell.now')}</span>}
        {live?.kind === 'mine' && <RunningTime call={live.call} />}
        {!live && isHydrated && conversation.lastMessage && (
          <time
            dateTime={new Date(conversation.lastMessage.sentAt).toISOString()}
            title={wholeText(t, conversation.lastMessage.sentAt)}
          >
            {shortText(t, conversation.lastMessage.sentAt, today)}
          </time>
        )}
        {badge}
      </span>
    </li>
  );
}

function RunningTime({ call }: { call: CallView }) {
  const t = useText();
  const duration = useDuration(call.id);
  return (
    <span className={css.chip}>
      <Handset size={14} />
      <span translate="no">{duration === null ? t('shell.now') : formatDuration(duration)}</span>
    </span>
  );
}
