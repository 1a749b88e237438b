'use client';

import { CallBoundary } from '@parley/call-kit';
import { showLostPart } from '../_shell/lost-part';
import { useConversation } from '../_store/hooks';
import { Composer } from './composer';
import { MessageLog } from './message-log';

/** A conversation's messages and composer beside its call, in the full window. */
export function CallChat({ conversationId }: { conversationId: string }) {
  const conversation = useConversation(conversationId);
  if (!conversation) return null;
  return (
    <>
      <CallBoundary fallback={showLostPart}>
        <MessageLog conversation={conversation} />
      </CallBoundary>
      <Composer conversation={conversation} />
    </>
  );
}
