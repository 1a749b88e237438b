'use client';

import { CallButton, isolateText, notifyWhileAway, useCallPlace, useIsInFront } from '@parley/call-kit';
import type { ConversationView } from '@parley/call-protocol';
import { useEffect } from 'react';
import { useText } from '../../_language/text-provider';
import { Button } from '../../_ui/button';
import { putCallBackAway, useIsCallBackDue, usePromisedCall } from '../_store/call-back';
import { useOther } from '../_store/hooks';
import css from './call-back-notice.module.css';

/**
 * Says that a promised call is due: in the window in front, else as a system notification. It is read from the
 * promise on the server, so that it is there after a restart or a reload, until the call, **Dismiss** or a drop. A
 * call that is going on comes first.
 */
export default function CallBackNotice(place: Place) {
  const conversation = usePromisedCall();
  return conversation ? <Due key={conversation.id} conversation={conversation} {...place} /> : null;
}

type Place = {
  openId: string | null;
  /** The same function every time. */
  open: (conversationId: string) => void;
};

function Due({ conversation, openId, open }: Place & { conversation: ConversationView }) {
  const t = useText();
  const other = useOther(conversation);
  const isInFront = useIsInFront();
  const isInCall = useCallPlace().place !== null;
  const isDue = useIsCallBackDue(conversation) && !isInCall;
  const words = t('shell.timeToCall', { name: isolateText(other?.displayName ?? '') });
  const { id } = conversation;
  useEffect(() => {
    if (!isDue) return;
    return notifyWhileAway(`call-back ${id}`, words, () => open(id));
  }, [isDue, id, words, open]);
  // The conversation itself says it above its messages.
  if (!isDue || !other || !isInFront || openId === id) return null;
  return (
    <div className={css.notice} role="alert">
      <span className={css.words}>{words}</span>
      <CallButton target={{ conversationId: id }} look="list" people={[other]} title={other.displayName} />
      <Button size="sm" onClick={() => putCallBackAway(conversation)}>
        {t('ui.dismiss')}
      </Button>
    </div>
  );
}
