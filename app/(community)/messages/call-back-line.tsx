'use client';

import { CallButton, isolateText } from '@parley/call-kit';
import type { ConversationView } from '@parley/call-protocol';
import { CalendarClock, X } from 'lucide-react';
import type { Translate } from '@/languages/translator';
import { sentenceOf } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';
import { IconButton } from '../../_ui/button';
import { useIsHydrated } from '../../_ui/narrow';
import { useToast } from '../../_ui/toast';
import { api } from '../_store/api';
import { useIsCallBackDue } from '../_store/call-back';
import { useMyId, useOther } from '../_store/hooks';
import { clockText } from '../_store/show-time';
import css from './call-back-line.module.css';

/** The promise to call back, for both people of a direct conversation: one tap calls, the other drops it. */
export function CallBackLine({ conversation }: { conversation: ConversationView }) {
  const { callBack } = conversation;
  return callBack ? <Promised conversation={conversation} callBack={callBack} /> : null;
}

type CallBack = NonNullable<ConversationView['callBack']>;

/** @param dueAt null while the reader's time zone is unknown */
function plannedText(t: Translate, name: string, isMine: boolean, dueAt: number | null): string {
  if (dueAt === null) return t(isMine ? 'messages.youCallBack' : 'messages.callsYouBack', { name });
  return t(isMine ? 'messages.youCallBackAt' : 'messages.callsYouBackAt', {
    name,
    time: clockText(t, dueAt),
  });
}

function Promised({ conversation, callBack }: { conversation: ConversationView; callBack: CallBack }) {
  const t = useText();
  const other = useOther(conversation);
  const isMine = useMyId() === callBack.userId;
  const isHydrated = useIsHydrated();
  const isDue = useIsCallBackDue(conversation);
  const showToast = useToast();
  if (!other) return null;
  const name = isolateText(other.displayName);
  const drop = async () => {
    try {
      await api.dropCallBack(conversation.id);
    } catch (error) {
      showToast(sentenceOf(t, error));
    }
  };
  const words = isDue
    ? t('shell.timeToCall', { name })
    : plannedText(t, name, isMine, isHydrated ? callBack.dueAt : null);
  return (
    <div className={css.line} data-due={isDue || undefined}>
      <CalendarClock size={18} strokeWidth={1.75} aria-hidden="true" />
      <span role="status" className={css.words}>
        {words}
      </span>
      <CallButton
        target={{ conversationId: conversation.id }}
        look="list"
        people={[other]}
        title={other.displayName}
      />
      <IconButton label={t('messages.dropReminder')} onClick={() => void drop()}>
        <X size={18} strokeWidth={1.75} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
