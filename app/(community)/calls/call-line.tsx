'use client';

import {
  AvatarView,
  CallButton,
  Handset,
  JoinCallButton,
  joinNames,
  lengthInWords,
  useDuration,
  useWords,
} from '@parley/call-kit';
import {
  type CallEntry,
  type CallView,
  type ConversationView,
  isInCall,
  type Person,
} from '@parley/call-protocol';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { conversationHref } from '../../_ui/go';
import { PageLink } from '../../_ui/page-link';
import { useCallLine, useCommunity, useCommunityList, useConversation, useMyId } from '../_store/hooks';
import { clockText, wholeText } from '../_store/show-time';
import { type BothWords, isSamePerson, otherOf, outcomeText, personOf, titleOf } from '../_store/titles';
import css from './calls.module.css';

/** One call, or several in a row with the same outcome. */
export function CallLine({ entry, count }: { entry: CallEntry; count: number }) {
  const t = useText();
  const conversation = useConversation(entry.conversationId);
  const title =
    useCommunity((state) => conversation && titleOf(t, state, conversation)) ?? t('calls.groupYouLeft');
  const callWords = useWords();
  const outcome = useCommunity((state) => outcomeText({ t, callWords }, state, entry));
  const others = useCommunityList<Person>(
    (state) =>
      (conversation?.memberIds ?? []).filter((id) => id !== state.me.id).map((id) => personOf(t, state, id)),
    isSamePerson,
  );
  const line = useCallLine(entry);
  const isOwn = useMyId() === entry.callerId;
  return (
    <li className={`${css.entry} ${entry.outcome === 'missed' ? css.missed : ''} ${css.past}`}>
      <Picture conversation={conversation} id={entry.conversationId} title={title} />
      <span className={css.text}>
        <span className={css.name}>
          {conversation ? (
            <PageLink href={conversationHref(conversation.id)}>
              <bdi>{title}</bdi>
            </PageLink>
          ) : (
            <span>{title}</span>
          )}
          {count > 1 && <small>{t('calls.countTimes', { count })}</small>}
        </span>
        <span className={css.outcome}>
          <OutcomeIcon outcome={entry.outcome} isOwn={isOwn} />
          <bdi>{count > 1 && entry.outcome === 'completed' ? t('calls.shortCalls') : outcome}</bdi>
          {line === null ? null : (
            <>
              <span aria-hidden="true">·</span>
              <bdi>{line}</bdi>
            </>
          )}
        </span>
      </span>
      <time dateTime={new Date(entry.startedAt).toISOString()} title={wholeText(t, entry.startedAt)}>
        {clockText(t, entry.startedAt)}
      </time>
      {conversation && (
        <CallButton target={{ conversationId: conversation.id }} look="list" people={others} title={title} />
      )}
    </li>
  );
}

/** A live call. */
export function LiveCallLine({ call }: { call: CallView }) {
  const t = useText();
  const duration = useDuration(call.id);
  const callWords = useWords();
  const conversation = useConversation(call.conversation.id);
  const title =
    useCommunity((state) => conversation && titleOf(t, state, conversation)) ??
    call.conversation.title ??
    t('shell.call');
  const inCall = call.people.filter((person) => isInCall(person.participation));
  const isMine = inCall.some((person) => person.user.id === call.viewerId);
  const names = inCall.map((person) =>
    person.user.id === call.viewerId ? t('shell.you') : person.user.displayName,
  );
  return (
    <li className={css.entry}>
      <Picture conversation={conversation} id={call.conversation.id} title={title} />
      <span className={css.text}>
        <span className={css.name}>
          <PageLink href={conversationHref(call.conversation.id)}>
            <bdi>{title}</bdi>
          </PageLink>
        </span>
        <span className={css.outcome}>
          <Handset size={14} />
          {call.status === 'ringing' ? t('calls.ringing') : talkingText({ t, callWords }, names, isMine)}
        </span>
      </span>
      <time>{duration === null ? '' : lengthInWords(duration, callWords)}</time>
      {isMine ? (
        <span className={css.mine}>{t('shell.inCall')}</span>
      ) : (
        <JoinCallButton conversationId={call.conversation.id} />
      )}
    </li>
  );
}

function talkingText({ t, callWords }: BothWords, names: readonly string[], isMine: boolean): string {
  if (names.length > 1) return t('calls.areTalking', { names: joinNames(names, callWords) });
  return isMine ? t('calls.youAreWaiting') : t('shell.isWaiting', { name: joinNames(names, callWords) });
}

function Picture({
  conversation,
  id,
  title,
}: {
  conversation: ConversationView | undefined;
  id: string;
  title: string;
}) {
  const t = useText();
  const other = useCommunity(
    (state) => (conversation ? otherOf(t, state, conversation) : null),
    isSamePerson,
  );
  return other ? (
    <Avatar person={other} size={44} />
  ) : (
    <AvatarView id={id} hue={conversation?.hue} name={title} size={44} shape="group" />
  );
}

function OutcomeIcon({ outcome, isOwn }: { outcome: CallEntry['outcome']; isOwn: boolean }) {
  if (outcome === 'missed') return <Handset mark="missed" size={14} />;
  if (outcome === 'declined' && !isOwn) return <Handset mark="ended" size={14} />;
  return <Handset mark={isOwn ? 'outgoing' : 'incoming'} size={14} />;
}
