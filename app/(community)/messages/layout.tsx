'use client';

import { type ReactNode, useEffect } from 'react';
import { useText } from '../../_language/text-provider';
import { useOpenConversationId } from '../../_ui/go';
import { Notice } from '../../_ui/notice';
import { PageLink } from '../../_ui/page-link';
import ui from '../../_ui/ui.module.css';
import { useConversation } from '../_store/hooks';
import { rememberOpened } from '../_store/last-opened';
import { ConversationScreen } from './conversation-screen';
import { ConversationsHome } from './home';

/**
 * Every conversation and the list: what the address names is read here, so that going between them needs no request.
 * In the layout, because Next draws a page anew when its answer arrives, which may be after the first words are typed.
 */
export default function MessagesLayout({ children }: { children: ReactNode }) {
  const conversationId = useOpenConversationId();
  return (
    <>
      {conversationId ? <ConversationPage conversationId={conversationId} /> : <ConversationsHome />}
      {children}
    </>
  );
}

function ConversationPage({ conversationId }: { conversationId: string }) {
  const t = useText();
  const conversation = useConversation(conversationId);
  useEffect(() => {
    if (conversation) rememberOpened(conversation.id);
  }, [conversation]);

  if (!conversation) {
    return (
      <main style={{ flex: 1, display: 'flex' }}>
        <Notice title={t('ui.nothingHere')} detail={t('messages.noConversation')}>
          <PageLink className={`${ui.btn} ${ui.primary}`} href="/messages">
            {t('ui.toMessages')}
          </PageLink>
        </Notice>
      </main>
    );
  }
  return <ConversationScreen key={conversation.id} conversation={conversation} />;
}
