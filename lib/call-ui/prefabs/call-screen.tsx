'use client';

import { useCalls } from '../hooks/use-call';
import { useCallPlace, useRegisterCallScreen } from '../hooks/use-call-place';
import { CallBody } from './call-body';

/** Whose call is shown here. */
export type CallScreenProps = { conversationId: string };

/**
 * The call inside its conversation's page: outgoing at first, then the dock. Nothing while this tab is in
 * no call there, or while the call fills the window.
 *
 * @example
 * <ConversationHeader />
 * <CallScreen conversationId={conversation.id} />
 * <Messages />
 */
export function CallScreen({ conversationId }: CallScreenProps) {
  useRegisterCallScreen(conversationId);
  const { place } = useCallPlace();
  const isThisConversation = useCalls().current?.conversationId === conversationId;
  return place === 'screen' && isThisConversation ? <CallBody isStage={false} /> : null;
}
