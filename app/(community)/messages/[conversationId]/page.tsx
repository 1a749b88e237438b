'use client';

import Link from 'next/link';
import { useParams } from 'next/navigation';
import { useEffect } from 'react';
import { Notice } from '../../../_ui/notice';
import ui from '../../../_ui/ui.module.css';
import { useConversation } from '../../_store/hooks';
import { rememberOpened } from '../../_store/last-opened';
import { ConversationScreen } from './conversation-screen';

export default function ConversationPage() {
  const { conversationId } = useParams<{ conversationId: string }>();
  const conversation = useConversation(conversationId);
  useEffect(() => {
    if (conversation) rememberOpened(conversation.id);
  }, [conversation]);

  if (!conversation) {
    return (
      <main style={{ flex: 1, display: 'flex' }}>
        <Notice title="Nothing here" detail="This conversation does not exist, or you are not in it.">
          <Link className={`${ui.btn} ${ui.primary}`} href="/messages">
            Go to messages
          </Link>
        </Notice>
      </main>
    );
  }
  return <ConversationScreen key={conversation.id} conversation={conversation} />;
}
