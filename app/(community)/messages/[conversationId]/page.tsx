'use client';

import Link from 'next/link';
import { useParams } from 'next/navigation';
import { useEffect } from 'react';
import { useText } from '../../../_language/text-provider';
import { Notice } from '../../../_ui/notice';
import ui from '../../../_ui/ui.module.css';
import { useConversation } from '../../_store/hooks';
import { rememberOpened } from '../../_store/last-opened';
import { ConversationScreen } from './conversation-screen';

export default function ConversationPage() {
  const t = useText();
  const { conversationId } = useParams<{ conversationId: string }>();
  const conversation = useConversation(conversationId);
  useEffect(() => {
    if (conversation) rememberOpened(conversation.id);
  }, [conversation]);

  if (!conversation) {
    return (
      <main style={{ flex: 1, display: 'flex' }}>
        <Notice title={t('ui.nothingHere')} detail={t('messages.noConversation')}>
          <Link className={`${ui.btn} ${ui.primary}`} href="/messages">
            {t('ui.toMessages')}
          </Link>
        </Notice>
      </main>
    );
  }
  return <ConversationScreen key={conversation.id} conversation={conversation} />;
}
