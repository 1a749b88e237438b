'use client';

import { useKitState } from '../hooks/use-kit';
import { CallBody } from './call-body';
import { useCallPlace, useStandingScreen } from './use-call-place';

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
  useStandingScreen(conversationId);
  const place = useCallPlace();
  const isHere = useKitState((state) => state.entry?.label.conversationId === conversationId);
  return place === 'screen' && isHere ? <CallBody isStage={false} /> : null;
}
