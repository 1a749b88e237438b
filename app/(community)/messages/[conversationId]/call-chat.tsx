'use client';

import { useCommunity } from '../../_store/hooks';
import { Composer } from './composer';
import { MessageLog } from './message-log';

/** A conversation's messages and composer beside its call, in the full window. */
export function CallChat({ conversationId }: { conversationId: string }) {
  const conversation = useCommunity().conversations.get(conversationId);
  if (!conversation) return null;
  return (
    <>
      <MessageLog conversation={conversation} />
      <Composer conversation={conversation} />
    </>
  );
}
