'use client';

import Link from 'next/link';
import { useId } from 'react';
import {
  type CallsState,
  formatDuration,
  isolateText,
  JoinCallButton,
  useCalls,
  useDuration,
} from '@/lib/call-ui';
import { type CallView, type ConversationView, isInCall } from '@/lib/protocol';
import { Avatar, GroupAvatar } from '../../_ui/avatar';
import { HashIcon, PhoneIcon, PhoneInIcon } from '../../_ui/icons';
import { useIsHydrated } from '../../_ui/narrow';
import ui from '../../_ui/ui.module.css';
import { useCommunity } from '../_store/hooks';
import { shortText, wholeText } from '../_store/show-time';
import { otherOf, previewText, titleOf } from '../_store/titles';
import css from './conversations.module.css';

type LiveMark = { kind: 'mine' | 'outgoing' | 'calling' | 'joinable'; call: CallView; words: string };

function liveMark(calls: CallsState, conversation: ConversationView): LiveMark | null {
  const call = calls.inConversation(conversation.id);
  if (!call || call.status === 'ended') return null;
  const inCall = call.people.filter((person) => isInCall(person.participation));
  if (inCall.some((person) => person.user.id === call.viewerId)) {
    if (inCall.length > 1) return { kind: 'mine', call, words: 'In call with you' };
    const rung = call.people.filter((person) => person.ring?.state === 'ringing').length;
    if (rung === 0) return { kind: 'mine', call, words: 'In call' };
    return { kind: 'outgoing', call, words: rung === 1 ? 'Calling…' : `Calling ${rung} people…` };
  }
  if (call.myRing && !call.myRing.isQuiet) {
    const ringerId = call.myRing.ringerId;
    const ringer = call.people.find((person) => person.user.id === ringerId)?.user.displayName;
    return {
      kind: 'calling',
      call,
      words:
        conversation.kind === 'direct' || !ringer ? 'Calling you…' : `${isolateText(ringer)} is calling you…`,
    };
  }
  return {
    kind: 'joinable',
    call,
    words: inCall.length === 1 ? '1 person in call' : `${inCall.length} people in call`,
  };
}

export function ConversationRow({
  conversation,
  isOpen,
}: {
  conversation: ConversationView;
  isOpen: boolean;
}) {
  const state = useCommunity();
  const live = liveMark(useCalls(), conversation);
  const isHydrated = useIsHydrated();
  const detailId = useId();
  const title = titleOf(state, conversation);
  const other = otherOf(state, conversation);
  const otherView = other ? state.users.get(other.id) : undefined;
  const unread = isOpen ? 0 : conversation.unreadCount;
  const href = `/messages/${conversation.id}`;
  const name = unread > 0 ? `${title}, ${unread} unread` : title;
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
        <Link {...link} aria-describedby={undefined}>
          <span className={css.title}>
            <bdi>{title}</bdi>
          </span>
        </Link>
        {badge}
      </li>
    );
  }
  return (
    <li className={rowClass}>
      {other ? (
        <Avatar person={other} size={36} {...(otherView ? { presence: otherView.presence } : {})} />
      ) : (
        <GroupAvatar id={conversation.id} title={title} size={36} />
      )}
      <Link {...link}>
        <span className={css.title}>
          <bdi>{title}</bdi>
        </span>
        <span
          className={`${css.preview} ${live?.kind === 'outgoing' ? css.outgoing : live ? css.live : ''}`}
          id={detailId}
        >
          {live ? live.words : <bdi>{previewText(state, conversation) || 'No messages yet'}</bdi>}
        </span>
      </Link>
      <span className={css.end} data-joinable={live?.kind === 'joinable' || undefined}>
        {live?.kind === 'joinable' && <JoinCallButton conversationId={conversation.id} />}
        {live?.kind === 'calling' && (
          <span className={css.chip}>
            <PhoneInIcon size={14} />
            Now
          </span>
        )}
        {live?.kind === 'outgoing' && <span>Now</span>}
        {live?.kind === 'mine' && <RunningTime call={live.call} />}
        {!live && isHydrated && conversation.lastMessage && (
          <time
            dateTime={new Date(conversation.lastMessage.sentAt).toISOString()}
            title={wholeText(conversation.lastMessage.sentAt)}
          >
            {shortText(conversation.lastMessage.sentAt)}
          </time>
        )}
        {badge}
      </span>
    </li>
  );
}

function RunningTime({ call }: { call: CallView }) {
  const duration = useDuration(call.id);
  return (
    <span className={css.chip}>
      <PhoneIcon size={14} />
      {duration === null ? 'Now' : formatDuration(duration)}
    </span>
  );
}
