'use client';

import { CallButton, isolateText } from '@parley/call-kit';
import type { ConversationView } from '@parley/call-protocol';
import { CalendarClock, X } from 'lucide-react';
import { IconButton } from '../../../_ui/button';
import { useIsHydrated } from '../../../_ui/narrow';
import { useToast } from '../../../_ui/toast';
import { api, sentenceOf } from '../../_store/api';
import { useIsCallBackDue } from '../../_store/call-back';
import { useMyId, useOther } from '../../_store/hooks';
import { clockText } from '../../_store/show-time';
import css from './call-back-line.module.css';

/** The promise to call back, for both people of a direct conversation: one tap calls, the other drops it. */
export function CallBackLine({ conversation }: { conversation: ConversationView }) {
  const { callBack } = conversation;
  return callBack ? <Promised conversation={conversation} callBack={callBack} /> : null;
}

type CallBack = NonNullable<ConversationView['callBack']>;

function Promised({ conversation, callBack }: { conversation: ConversationView; callBack: CallBack }) {
  const other = useOther(conversation);
  const isMine = useMyId() === callBack.userId;
  const isHydrated = useIsHydrated();
  const isDue = useIsCallBackDue(conversation);
  const showToast = useToast();
  if (!other) return null;
  const name = isolateText(other.displayName);
  const at = isHydrated ? ` at ${clockText(callBack.dueAt)}` : '';
  const drop = async () => {
    try {
      await api.dropCallBack(conversation.id);
    } catch (error) {
      showToast(sentenceOf(error));
    }
  };
  const planned = isMine ? `You call ${name} back${at}` : `${name} calls you back${at}`;
  const words = isDue ? `Time to call ${name} back` : planned;
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
      <IconButton label="Drop the reminder" onClick={() => void drop()}>
        <X size={18} strokeWidth={1.75} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
