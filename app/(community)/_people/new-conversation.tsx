'use client';

import { Later, laterPart } from '../../_ui/later';
import type { NewConversationProps } from './new-conversation-window';

const newConversationWindow = laterPart(
  async () => (await import('./new-conversation-window')).NewConversationWindow,
);

/** One person opens the direct conversation, more make a group. */
export function NewConversation(props: NewConversationProps) {
  return <Later part={newConversationWindow} props={props} isDue={props.open} giveUp={props.onClose} />;
}
