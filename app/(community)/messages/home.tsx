'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useText } from '../../_language/text-provider';
import { conversationHref, replaceOnPage, staysOnPage } from '../../_ui/go';
import { useIsNarrow } from '../../_ui/narrow';
import { Notice } from '../../_ui/notice';
import { hasPressedAway } from '../_shell/pressed-away';
import { useCommunity } from '../_store/hooks';
import { lastOpened } from '../_store/last-opened';

/** Wide: opens where one was, else where something happened last. Narrow: the list is the page. */
export function ConversationsHome() {
  const t = useText();
  const router = useRouter();
  const isNarrow = useIsNarrow();
  const target = useCommunity(({ conversations }) => {
    const last = lastOpened();
    if (last && conversations.has(last)) return last;
    return [...conversations.values()].sort((a, b) => b.lastActivityAt - a.lastActivityAt)[0]?.id;
  });

  // Redirects once, and not after a press: it must not undo a press on another conversation.
  const hasGone = useRef(false);
  useEffect(() => {
    // Asked again here: before the first paint `isNarrow` is a guess.
    if (isNarrow || matchMedia('(max-width: 767.98px)').matches) return;
    if (!target || hasGone.current || hasPressedAway()) return;
    hasGone.current = true;
    const href = conversationHref(target);
    // After all effects of this commit: Next's own, which lets it notice the new address, is among them.
    queueMicrotask(() => (staysOnPage(href) ? replaceOnPage(href) : router.replace(href)));
  }, [router, target, isNarrow]);

  return (
    <main style={{ flex: 1, display: 'flex' }}>
      {!target && <Notice title={t('messages.noConversations')} detail={t('messages.noConversationsHelp')} />}
    </main>
  );
}
